//! Connections: how many there are, how long they may take to say what they want, and how they end.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tower::ServiceExt;

/// How long a client may take to send the head of a request, and a connection may be idle between two.
const HEAD: Duration = Duration::from_secs(60);

/// The largest head of a request, in bytes; also what one connection reads at once.
const LARGEST_HEAD: usize = 64 * 1024;

/// How long what is being answered has to end once the server stops.
const END: Duration = Duration::from_secs(30);

/// How long to wait before taking connections again where the system gives none, as when there are too many open files.
const BREATH: Duration = Duration::from_millis(100);

/// Answers what comes in, on so many connections at once, until it is told to stop; then ends what it answers.
/// Connections beyond that number wait with the system until one is over.
pub async fn serve(listener: TcpListener, router: Router, most: usize, mut stop: watch::Receiver<bool>) {
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(HEAD).max_buf_size(LARGEST_HEAD);
    let places = Arc::new(Semaphore::new(most.min(Semaphore::MAX_PERMITS)));
    let graceful = GracefulShutdown::new();
    loop {
        let next = async {
            let place = places.clone().acquire_owned().await;
            (listener.accept().await, place)
        };
        let (accepted, place) = tokio::select! {
            next = next => next,
            _ = stop.changed() => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                // A client that went away again is nobody's fault; too many open files are ours.
                if !is_of_client(&error) {
                    tracing::error!(%error, "cannot take a connection");
                    tokio::time::sleep(BREATH).await;
                }
                continue;
            }
        };
        let connection = connection(&builder, stream, peer, router.clone());
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            let _place = place;
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended early");
            }
        });
    }
    drop(listener);
    tokio::select! {
        () = graceful.shutdown() => {}
        () = tokio::time::sleep(END) => tracing::warn!("some requests were not answered in time"),
    }
}

fn connection(
    builder: &http1::Builder,
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
) -> http1::Connection<
    TokioIo<TcpStream>,
    impl hyper::service::HttpService<Incoming, ResBody = Body, Error = Infallible, Future: Send> + use<>,
> {
    // Answers are written whole; waiting for more would only delay them.
    let _ = stream.set_nodelay(true);
    let service = hyper::service::service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().oneshot(request)
    });
    builder.serve_connection(TokioIo::new(stream), service)
}

fn is_of_client(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}
