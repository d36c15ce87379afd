//! The site without a socket: its router over a SQLite file of the test's own, with somebody signed in.

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use axum::response::Response;
use impasse_server::settings::Settings;
use impasse_server::web::{Server, router};
use impasse_server::{db, demo, password};
use tower::ServiceExt;

pub(crate) struct Site {
    pub(crate) server: Server,
    pub(crate) cookie: String,
    _folder: tempfile::TempDir,
}

impl Site {
    /// The demo, with an owner who is signed in.
    pub(crate) async fn new(settings: Settings) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = db::open(folder.path().join("test.db").to_str().unwrap()).await.unwrap();
        demo::load(&store).await.unwrap();
        let hash = password::hash("correct horse battery".to_owned()).await.unwrap();
        store.add_user("Ada", &hash, true).await.unwrap();
        let mut site = Self { server: Server::new(store, settings), cookie: String::new(), _folder: folder };
        let answer = site.post("/sign-in", "name=ada&password=correct+horse+battery&to=/d/x").await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        assert_eq!(answer.headers()[header::LOCATION], "/d/x");
        site.cookie = answer.headers()[header::SET_COOKIE].to_str().unwrap().to_owned();
        site
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Response {
        router(self.server.clone()).oneshot(request).await.unwrap()
    }

    pub(crate) fn request(&self, method: &str, path: &str) -> axum::http::request::Builder {
        let cookie = self.cookie.split(';').next().unwrap_or_default();
        Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "e.org")
            .header(header::COOKIE, cookie)
    }

    pub(crate) async fn get(&self, path: &str) -> Response {
        self.send(self.request("GET", path).body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn post(&self, path: &str, form: &str) -> Response {
        let kind = "application/x-www-form-urlencoded";
        let request = self.request("POST", path).header(header::CONTENT_TYPE, kind);
        self.send(request.body(Body::from(form.to_owned())).unwrap()).await
    }
}

pub(crate) async fn text(answer: Response) -> String {
    String::from_utf8(to_bytes(answer.into_body(), usize::MAX).await.unwrap().to_vec()).unwrap()
}

pub(crate) const DEMO: &str = "/d/pentagon-anthropic";
