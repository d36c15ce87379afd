//! A small balancer: hands each connection to the next server that says it is ready, and another if that takes none.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// How often each server is asked whether it is ready.
const LOOK: Duration = Duration::from_millis(50);

/// How long a server may take to say so.
const PATIENCE: Duration = Duration::from_secs(2);

#[derive(Default)]
struct Servers {
    ready: Mutex<BTreeMap<SocketAddr, bool>>,
    next: AtomicUsize,
    is_over: AtomicBool,
}

/// A balancer on a port of its own. It ends when this is dropped.
pub struct Balancer {
    address: SocketAddr,
    servers: Arc<Servers>,
}

impl Balancer {
    /// A balancer before servers.
    pub fn start(servers: &[SocketAddr]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let known = Arc::new(Servers::default());
        for server in servers {
            known.ready.lock().unwrap().insert(*server, is_ready(*server));
        }
        let asking = known.clone();
        std::thread::spawn(move || {
            while !asking.is_over.load(Ordering::Relaxed) {
                let servers: Vec<SocketAddr> = asking.ready.lock().unwrap().keys().copied().collect();
                for server in servers {
                    let ready = is_ready(server);
                    if let Some(state) = asking.ready.lock().unwrap().get_mut(&server) {
                        *state = ready;
                    }
                }
                std::thread::sleep(LOOK);
            }
        });
        let handing = known.clone();
        std::thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                if handing.is_over.load(Ordering::Relaxed) {
                    return;
                }
                let servers = handing.clone();
                std::thread::spawn(move || hand_on(client, &servers));
            }
        });
        Self { address, servers: known }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Has it know another server.
    pub fn add(&self, server: SocketAddr) {
        self.servers.ready.lock().unwrap().insert(server, false);
    }

    /// Has it forget a server.
    pub fn remove(&self, server: SocketAddr) {
        self.servers.ready.lock().unwrap().remove(&server);
    }

    /// How many servers are ready.
    pub fn ready(&self) -> usize {
        self.servers.ready.lock().unwrap().values().filter(|ready| **ready).count()
    }
}

impl Drop for Balancer {
    fn drop(&mut self) {
        self.servers.is_over.store(true, Ordering::Relaxed);
        let _ = TcpStream::connect(self.address);
    }
}

fn is_ready(server: SocketAddr) -> bool {
    let asked = || {
        let mut stream = TcpStream::connect_timeout(&server, PATIENCE).ok()?;
        stream.set_read_timeout(Some(PATIENCE)).ok()?;
        stream.write_all(b"GET /readyz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok()?;
        Some(answer.starts_with("HTTP/1.1 200"))
    };
    asked().unwrap_or_default()
}

fn hand_on(client: TcpStream, servers: &Servers) {
    let ready: Vec<SocketAddr> = servers
        .ready
        .lock()
        .unwrap()
        .iter()
        .filter(|(_, ready)| **ready)
        .map(|(server, _)| *server)
        .collect();
    let first = servers.next.fetch_add(1, Ordering::Relaxed);
    let order = (0..ready.len()).filter_map(|nth| ready.get((first + nth) % ready.len()));
    let Some(server) = order.filter_map(|server| TcpStream::connect_timeout(server, PATIENCE).ok()).next()
    else {
        return;
    };
    let copy = |mut from: TcpStream, mut to: TcpStream| {
        let mut buffer = [0; 16 * 1024];
        while let Ok(read) = from.read(&mut buffer) {
            if read == 0 || to.write_all(buffer.get(..read).unwrap_or_default()).is_err() {
                break;
            }
        }
        let _ = to.shutdown(Shutdown::Write);
    };
    let (Ok(from), Ok(to)) = (client.try_clone(), server.try_clone()) else { return };
    let there = std::thread::spawn(move || copy(from, to));
    copy(server, client);
    let _ = there.join();
}
