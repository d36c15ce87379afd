//! What is measured of a running server, for Prometheus.
//!
//! Nothing here names a dispute, a person or an address: whoever reads it may know how the server does, not what is in it.

use std::sync::atomic::AtomicU64;
use std::time::Duration;

use impasse_app::store::{SharedStore, StoreError};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};

/// The upper bounds of the times counted, in seconds.
const BUCKETS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

/// What requests are told apart by.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(crate) struct Labels {
    pub(crate) method: &'static str,
    /// The route with its parameters' names, not their values.
    pub(crate) route: String,
    pub(crate) status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RouteLabel {
    route: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct JobLabels {
    kind: &'static str,
    state: &'static str,
}

/// The counters of one server.
pub struct Metrics {
    registry: Registry,
    requests: Family<Labels, Counter>,
    seconds: Family<RouteLabel, Histogram>,
    /// Requests that are being answered.
    pub(crate) in_flight: Gauge,
    streams: Gauge,
    jobs: Family<JobLabels, Gauge>,
    revision: Gauge,
    up: Gauge,
    memory: Gauge,
    files: Gauge,
    processor: Gauge<f64, AtomicU64>,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::default();
        let started = Gauge::<f64, AtomicU64>::default();
        started.set(chrono::Utc::now().timestamp_millis() as f64 / 1000.0);
        registry.register_with_unit(
            "process_start_time",
            "When the server started, since 1970",
            Unit::Seconds,
            started,
        );
        let memory = Gauge::default();
        registry.register_with_unit("process_resident_memory", "Memory in use", Unit::Bytes, memory.clone());
        let files = Gauge::default();
        registry.register("process_open_fds", "Open files and connections", files.clone());
        // A gauge by its type, since it is read from the system; it only grows.
        let processor = Gauge::<f64, AtomicU64>::default();
        registry.register_with_unit("process_cpu", "Processor time used", Unit::Seconds, processor.clone());

        let ours = registry.sub_registry_with_prefix("impasse");
        ours.register("build", "What runs", Info::new(vec![("version", env!("CARGO_PKG_VERSION"))]));
        let requests = Family::default();
        ours.register("http_requests", "Requests answered", requests.clone());
        let seconds = Family::new_with_constructor((|| Histogram::new(BUCKETS)) as fn() -> Histogram);
        ours.register_with_unit("http_request", "Time to an answer's head", Unit::Seconds, seconds.clone());
        let in_flight = Gauge::default();
        ours.register("http_requests_in_flight", "Requests being answered", in_flight.clone());
        let streams = Gauge::default();
        ours.register("streams_open", "Open pages that are told of changes", streams.clone());
        let jobs = Family::default();
        ours.register(
            "jobs",
            "Jobs that are not over, and those that failed lately, on all servers",
            jobs.clone(),
        );
        let revision = Gauge::default();
        ours.register("revision", "The number of the last change", revision.clone());
        let up = Gauge::default();
        ours.register("store_up", "Whether the database answers", up.clone());
        Self { registry, requests, seconds, in_flight, streams, jobs, revision, up, memory, files, processor }
    }
}

impl Metrics {
    /// Counts an answer.
    pub(crate) fn answered(&self, labels: Labels, took: Duration) {
        let route = RouteLabel { route: labels.route.clone() };
        self.seconds.get_or_create(&route).observe(took.as_secs_f64());
        self.requests.get_or_create(&labels).inc();
    }

    /// Everything, in the text format of `OpenMetrics` 1.0, which Prometheus reads.
    pub(crate) async fn text(&self, store: &SharedStore, streams: usize) -> Result<String, std::fmt::Error> {
        self.streams.set(i64::try_from(streams).unwrap_or(i64::MAX));
        let read = self.read(store).await;
        self.up.set(i64::from(read.is_ok()));
        if let Err(error) = read {
            tracing::warn!(%error, "cannot read what is measured");
        }
        self.processes();
        let mut text = String::new();
        encode(&mut text, &self.registry)?;
        Ok(text)
    }

    async fn read(&self, store: &SharedStore) -> Result<(), StoreError> {
        self.revision.set(store.last_revision().await?);
        self.jobs.clear();
        for (kind, state, count) in store.job_counts().await? {
            self.jobs.get_or_create(&JobLabels { kind: kind.key(), state: state.key() }).set(count);
        }
        Ok(())
    }

    /// What the system says of this process; nothing where there is no `/proc`.
    fn processes(&self) {
        let usage = Usage::now();
        self.memory.set(usage.memory);
        self.files.set(usage.files);
        self.processor.set(usage.processor);
    }
}

/// What this process uses, by `/proc` (proc(5)); zeros where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Usage {
    /// Resident memory in bytes.
    pub memory: i64,
    /// Open file descriptors.
    pub files: i64,
    /// Processor time in seconds.
    pub processor: f64,
}

impl Usage {
    /// What it uses now.
    pub fn now() -> Self {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let kilobytes = status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))
            .and_then(|rest| rest.split_whitespace().next()?.parse::<i64>().ok());
        let files = std::fs::read_dir("/proc/self/fd").map_or(0, Iterator::count);
        // In hundredths of a second on every Linux that is in use. The name, in parentheses, may have spaces.
        let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
        let ticks =
            |at: usize| fields.get(at).and_then(|field| field.parse::<f64>().ok()).unwrap_or_default();
        Self {
            memory: kilobytes.unwrap_or_default() * 1024,
            files: i64::try_from(files).unwrap_or(i64::MAX),
            processor: (ticks(11) + ticks(12)) / 100.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(target_os = "linux")]
    fn the_system_says_what_is_used() {
        let usage = Usage::now();
        assert!(usage.memory > 1_000_000, "{usage:?}");
        assert!(usage.files > 2, "{usage:?}");
        assert!(usage.processor >= 0.0, "{usage:?}");
    }
}
