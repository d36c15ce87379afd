//! Answers every request with the content of a file: what a page of the same bytes costs at the least. `.tools/load.mjs`
//! measures against it.
//!
//!     cargo run --release --example bare -- 127.0.0.1:4200 page.html text/html

use std::net::SocketAddr;

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderValue, header};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut next = || arguments.next().ok_or("address, file and media type are wanted");
    let (address, file, media_type): (SocketAddr, String, String) = (next()?.parse()?, next()?, next()?);
    let body = Bytes::from(std::fs::read(file)?);
    let media_type = HeaderValue::try_from(media_type)?;
    let answer = move || {
        let (body, media_type) = (body.clone(), media_type.clone());
        async move { ([(header::CONTENT_TYPE, media_type)], body) }
    };
    let listener = tokio::net::TcpListener::bind(address).await?;
    axum::serve(listener, Router::new().fallback(answer)).await?;
    Ok(())
}
