//! A real browser, driven through WebDriver. Each test has a browser, a profile and a server of its own; after it,
//! whatever the browser's console complained about fails the test, and so does a request to anywhere but the server.

use std::future::Future;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::key::Key;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use impasse_tests::{Home, Impasse};
use serde_json::{Value, json};

/// How long anything on a page may take to happen, on a machine that is busy with other tests.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long a whole test may take.
const WHOLE: Duration = Duration::from_secs(180);

/// A browser on a server with the demo.
#[derive(Clone)]
pub struct Browser {
    client: Client,
    driver: Arc<Driver>,
    profile: Arc<tempfile::TempDir>,
    server: Arc<Impasse>,
    home: Arc<Home>,
    expected: Arc<Mutex<Vec<String>>>,
    /// Other sites that the test itself opens.
    allowed: Arc<Mutex<Vec<String>>>,
}

/// Runs a test in a browser of its own.
pub async fn browse<F>(test: impl FnOnce(Browser) -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    browse_with(&[], test).await;
}

/// Runs a test in a browser of its own, on a server with further arguments.
pub async fn browse_with<F>(arguments: &[&str], test: impl FnOnce(Browser) -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    let home = Arc::new(Home::sqlite());
    let server = Arc::new(Impasse::start_with(&home, &[&["--log", "warn"], arguments].concat()));
    let browser = Browser::start(Arc::new(Driver::start()), server, home).await;
    let outcome = tokio::spawn(tokio::time::timeout(WHOLE, test(browser.clone()))).await;
    if outcome.is_err() {
        let place = browser.client.current_url().await.map(|url| url.to_string()).unwrap_or_default();
        let complaints = browser.complaints().await.join("\n");
        println!("--- the browser was at {place}; its console: {complaints}");
    }
    let complaints = if outcome.is_ok() { browser.complaints().await } else { Vec::new() };
    let strangers = if outcome.is_ok() { browser.strangers().await } else { Vec::new() };
    let _ = browser.client.clone().close().await;
    match outcome {
        Err(failure) => std::panic::resume_unwind(failure.into_panic()),
        Ok(Err(_)) => panic!("the test took longer than {WHOLE:?}"),
        Ok(Ok(())) => {}
    }
    assert_eq!(complaints, Vec::<String>::new(), "the browser's console");
    assert_eq!(strangers, Vec::<String>::new(), "requests that left the site");
}

/// A running chromedriver.
struct Driver {
    child: Child,
    port: u16,
}

/// A program named by a variable, or found on PATH.
fn program(variable: &str, names: &[&str]) -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let on_path = || {
        names
            .iter()
            .flat_map(|name| std::env::split_paths(&path).map(move |folder| folder.join(name)))
            .find(|p| p.is_file())
    };
    std::env::var_os(variable).map(PathBuf::from).or_else(on_path).unwrap_or_else(|| {
        panic!("the browser tests need {}: `make test` installs it, or name it by {variable}", names[0])
    })
}

impl Driver {
    fn start() -> Self {
        // Two that start at once may choose the same port, and then one of them ends.
        (0..5).find_map(|_| Self::try_start()).expect("chromedriver says its port")
    }

    fn try_start() -> Option<Self> {
        let mut child = Command::new(program("CHROMEDRIVER", &["chromedriver"]))
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver runs");
        let output = BufReader::new(child.stdout.take().expect("a pipe"));
        let mut lines = output.lines().map_while(Result::ok);
        let port = lines.find_map(|line| {
            line.split_once("started successfully on port ")?.1.trim_end_matches('.').parse().ok()
        });
        // It would stop at a full pipe.
        std::thread::spawn(move || lines.for_each(drop));
        let driver = Self { child, port: port.unwrap_or(0) };
        port.map(|_| driver)
    }

    async fn session(&self, profile: &tempfile::TempDir) -> Client {
        let mut flags = vec![
            "--headless=new".to_owned(),
            "--disable-gpu".to_owned(),
            "--disable-quic".to_owned(),
            "--disable-dev-shm-usage".to_owned(),
            "--disable-background-networking".to_owned(),
            "--disable-component-update".to_owned(),
            "--disable-default-apps".to_owned(),
            "--disable-extensions".to_owned(),
            "--disable-sync".to_owned(),
            "--no-first-run".to_owned(),
            "--force-color-profile=srgb".to_owned(),
            "--window-size=1280,900".to_owned(),
            format!("--user-data-dir={}", profile.path().display()),
        ];
        let id = Command::new("id").arg("-u").output().expect("id runs");
        if id.stdout.trim_ascii() == b"0" {
            flags.push("--no-sandbox".to_owned());
        }
        let chrome = program("CHROME", &["chromium", "chromium-browser", "google-chrome", "chrome"]);
        let capabilities = json!({
            "goog:chromeOptions": {"binary": chrome, "args": flags},
            "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
        });
        let capabilities = capabilities.as_object().expect("an object").clone();
        ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{}", self.port))
            .await
            .expect("chromedriver opens a browser")
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A command of chromedriver's own, or of the WebDriver extension of Web Authentication.
#[derive(Debug)]
struct Own {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Own {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.body.to_string()))
    }
}

impl Browser {
    async fn start(driver: Arc<Driver>, server: Arc<Impasse>, home: Arc<Home>) -> Self {
        let profile = Arc::new(tempfile::tempdir().expect("a folder for the profile"));
        let client = driver.session(&profile).await;
        let browser =
            Self { client, driver, profile, server, home, expected: Arc::default(), allowed: Arc::default() };
        browser.width(1280).await;
        browser
    }

    /// Another browser on the same server, with a profile of its own.
    pub async fn another(&self) -> Self {
        Self::start(self.driver.clone(), self.server.clone(), self.home.clone()).await
    }

    /// Closes a browser opened by [`Browser::another`], with the same last look at its console.
    pub async fn close(self) {
        let complaints = self.complaints().await;
        let _ = self.client.close().await;
        drop(self.profile);
        assert_eq!(complaints, Vec::<String>::new(), "the other browser's console");
    }

    /// Tells DevTools something.
    pub async fn devtools(&self, command: &str, parameters: Value) -> Value {
        let body = json!({"cmd": command, "params": parameters});
        let told = self.client.issue_cmd(Own { path: "goog/cdp/execute", body }).await;
        told.unwrap_or_else(|error| panic!("{command}: {error}"))
    }

    /// Gives the browser a device that keeps passkeys and finds its owner there each time (W3C Web Authentication, 11.2).
    pub async fn plug_in_a_device(&self) {
        let device = json!({
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": true,
            "hasUserVerification": true,
            "isUserConsenting": true,
            "isUserVerified": true,
        });
        let plugged = self.client.issue_cmd(Own { path: "webauthn/authenticator", body: device }).await;
        plugged.unwrap_or_else(|error| panic!("a virtual authenticator: {error}"));
    }

    async fn log(&self, kind: &str) -> Vec<Value> {
        let log = self.client.issue_cmd(Own { path: "se/log", body: json!({"type": kind}) }).await;
        log.expect("a log").as_array().cloned().unwrap_or_default()
    }

    /// What the console complained about, but for what was expected.
    async fn complaints(&self) -> Vec<String> {
        let entries = self.log("browser").await;
        let expected = self.expected.lock().expect("no panic").clone();
        entries
            .iter()
            .filter(|entry| entry["level"] == "SEVERE" || entry["level"] == "WARNING")
            .map(|entry| entry["message"].as_str().unwrap_or_default().to_owned())
            .filter(|message| !expected.iter().any(|words| message.contains(words)))
            .collect()
    }

    /// Addresses outside of the site that were asked for.
    async fn strangers(&self) -> Vec<String> {
        let own = self.server.url("/");
        let allowed = self.allowed.lock().expect("no panic").clone();
        self.log("performance")
            .await
            .iter()
            .filter_map(|entry| serde_json::from_str::<Value>(entry["message"].as_str()?).ok())
            .filter(|entry| entry["message"]["method"] == "Network.requestWillBeSent")
            .filter_map(|entry| entry["message"]["params"]["request"]["url"].as_str().map(str::to_owned))
            .filter(|url| !allowed.iter().any(|site| url.starts_with(site)))
            .filter(|url| !url.starts_with(&own) && !url.starts_with("data:") && !url.starts_with("chrome"))
            .collect()
    }

    /// Lets the console complain about something, since the test provokes it.
    pub fn expect_complaint(&self, words: &str) {
        self.expected.lock().expect("no panic").push(words.to_owned());
    }

    /// Lets the browser ask another site for something, since the test has pages there.
    pub fn allow(&self, site: &str) {
        self.allowed.lock().expect("no panic").push(site.to_owned());
    }

    /// Goes on within a frame of the page.
    pub async fn enter_frame_of(&self, css: &str) {
        self.find(css).await.enter_frame().await.unwrap_or_else(|error| panic!("{css}: {error}"));
    }

    /// The server.
    pub fn server(&self) -> &Impasse {
        &self.server
    }

    /// Opens an address of the site.
    pub async fn open(&self, path: &str) {
        self.open_link(&self.server.url(path)).await;
    }

    /// Opens the whole address, and waits for what is laid out a moment after the first frame.
    pub async fn open_link(&self, url: &str) {
        self.client.goto(url).await.unwrap_or_else(|error| panic!("{url}: {error}"));
        self.until("!document.getAnimations().some((one) => one.animationName === 'later')").await;
    }

    /// Path and query of where it is.
    pub async fn place(&self) -> String {
        let url = self.client.current_url().await.expect("an address");
        url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()))
    }

    /// Signs the owner in, whose account is set up first if need be.
    pub async fn sign_in(&self) {
        let server = self.server.clone();
        let token = tokio::task::spawn_blocking(move || server.owner().cookie("impasse"));
        let token = token.await.expect("the owner is set up").expect("a session");
        let cookie =
            json!({"url": self.server.url("/"), "name": "impasse", "value": token, "httpOnly": true});
        self.devtools("Network.setCookie", cookie).await;
    }

    /// Makes the window so wide.
    pub async fn width(&self, width: u32) {
        let height = if width < 500 { 800 } else { 900 };
        let metrics = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.devtools("Emulation.setDeviceMetricsOverride", metrics).await;
    }

    /// Adds a dispute with so many events in ten years, of four parties and several kinds.
    pub async fn add_many(&self, slug: &str, count: usize) {
        use std::fmt::Write as _;
        const PARTIES: [&str; 4] = ["Ministry", "Operator", "Regulator", "Union"];
        const KINDS: [&str; 3] = ["memo", "statement", "filing"];
        let mut rows = String::from("start,end,title,description,party,kind\n");
        for nth in 0..count {
            // Spread without order, the same each time.
            let day = nth * 7919 % 3650;
            let (year, month, day) = (2014 + day / 365, day % 365 / 31 + 1, day % 28 + 1);
            let party = PARTIES[nth % 4];
            let _ =
                writeln!(rows, "{year}-{month:02}-{day:02},,{party} step {nth},,{party},{}", KINDS[nth % 3]);
        }
        let file = self.home.folder().join("many.csv");
        std::fs::write(&file, rows).expect("a file");
        let path = file.display().to_string();
        let imported = self.home.run(&["import", &path, "--dispute", slug, "--title", "Many"], "");
        assert!(imported.status.success(), "{}", String::from_utf8_lossy(&imported.stderr));
    }

    /// Emulates a medium (`""` for the screen) and features of it, by name and value.
    pub async fn emulate(&self, media: &str, features: &[(&str, &str)]) {
        let features: Vec<Value> =
            features.iter().map(|(name, value)| json!({"name": name, "value": value})).collect();
        self.devtools("Emulation.setEmulatedMedia", json!({"media": media, "features": features})).await;
    }

    /// The names of what is in the tree that a screen reader is given, of one role, in order. White space as it is
    /// read: none before a comma or semicolon.
    pub async fn spoken(&self, role: &str) -> Vec<String> {
        self.devtools("Accessibility.enable", json!({})).await;
        let tree = self.devtools("Accessibility.getFullAXTree", json!({})).await;
        let nodes = tree["nodes"].as_array().cloned().unwrap_or_default();
        nodes
            .iter()
            .filter(|node| node["role"]["value"] == role && node["ignored"] != true)
            .filter_map(|node| node["name"]["value"].as_str())
            .map(|name| {
                name.split_whitespace().collect::<Vec<_>>().join(" ").replace(" ;", ";").replace(" ,", ",")
            })
            .collect()
    }

    /// Prefers light or dark colours, and no motion.
    pub async fn colours(&self, scheme: &str) {
        let features = json!([
            {"name": "prefers-color-scheme", "value": scheme},
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ]);
        self.devtools("Emulation.setEmulatedMedia", json!({"features": features})).await;
    }

    /// Turns scripts off for good.
    pub async fn without_scripts(&self) {
        self.devtools("Emulation.setScriptExecutionDisabled", json!({"value": true})).await;
    }

    /// What an expression comes to on the page.
    pub async fn value(&self, expression: &str) -> Value {
        let script = format!("return {expression};");
        self.client.execute(&script, Vec::new()).await.unwrap_or_else(|error| panic!("{expression}: {error}"))
    }

    /// Text that an expression comes to.
    pub async fn words(&self, expression: &str) -> String {
        self.value(expression).await.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until an expression is true on the page, which may change under it.
    pub async fn until(&self, expression: &str) {
        let script = format!("return Boolean({expression});");
        let deadline = Instant::now() + PATIENCE;
        loop {
            let answer = self.client.execute(&script, Vec::new()).await;
            match answer {
                Ok(Value::Bool(true)) => return,
                answer => {
                    let place = self.place().await;
                    assert!(
                        Instant::now() < deadline,
                        "{expression} did not come true at {place}: {answer:?}"
                    );
                }
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Waits until the timeline's script runs: its controls are buttons then.
    pub async fn until_it_moves(&self) {
        self.until("document.querySelector('.tl-tool[data-do=fit][role=button]')").await;
    }

    /// Waits until nothing moves any more: the address and all marks stay where they are. Gives the address.
    pub async fn settled(&self) -> String {
        const PLACES: &str = r"location.href + [...document.querySelectorAll('[data-bench=mark]')].map((it) => {
            const box = it.getBoundingClientRect();
            return `${box.left.toFixed(1)},${box.top.toFixed(1)}`;
        })";
        let deadline = Instant::now() + PATIENCE;
        let (mut last, mut same) = (String::new(), 0);
        while same < 4 {
            assert!(Instant::now() < deadline, "the view does not come to rest");
            tokio::time::sleep(Duration::from_millis(120)).await;
            let now = self.words(PLACES).await;
            same = if now == last { same + 1 } else { 0 };
            last = now;
        }
        self.place().await
    }

    /// An element.
    pub async fn find(&self, css: &str) -> Element {
        let found = self.client.wait().at_most(PATIENCE).for_element(Locator::Css(css)).await;
        match found {
            Ok(element) => element,
            Err(error) => panic!("{css} at {}: {error}", self.place().await),
        }
    }

    /// The link, button or summary with a text, as a reader sees it.
    pub async fn named(&self, name: &str) -> Element {
        let path = format!(
            "//*[(self::a or self::button or self::summary) and starts-with(normalize-space(.), '{name}')]"
        );
        let found = self.client.wait().at_most(PATIENCE).for_element(Locator::XPath(&path)).await;
        match found {
            Ok(element) => element,
            Err(error) => panic!("nothing is named {name:?} at {}: {error}", self.place().await),
        }
    }

    /// Clicks on an element.
    pub async fn click(&self, css: &str) {
        let element = self.find(css).await;
        self.click_at(element, css).await;
    }

    /// Clicks on what has a name.
    pub async fn click_on(&self, name: &str) {
        let element = self.named(name).await;
        self.click_at(element, name).await;
    }

    /// Brings an element to the middle of the window, where nothing that stays in place covers it, and clicks.
    async fn click_at(&self, element: Element, what: &str) {
        const MIDDLE: &str = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })";
        let it = serde_json::to_value(&element).expect("a reference");
        let deadline = Instant::now() + PATIENCE;
        loop {
            let brought = self.client.execute(MIDDLE, vec![it.clone()]).await;
            brought.unwrap_or_else(|error| panic!("{what}: {error}"));
            match element.click().await {
                Ok(()) => return,
                // A page that has just been opened may still be scrolling to where its address points, and lays out what is
                // under its first screen a moment later.
                Err(error) if is_not_yet(&error) && Instant::now() < deadline => {
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
                Err(error) => panic!("{what} at {}: {error}", self.place().await),
            }
        }
    }

    /// Types into a field, instead of what is there.
    pub async fn type_into(&self, css: &str, text: &str) {
        write(&self.find(css).await, css, text).await;
    }

    /// Types into the field with a label, instead of what is there.
    pub async fn fill(&self, label: &str, text: &str) {
        let path = format!("//*[@id = //label[starts-with(normalize-space(.), '{label}')]/@for]");
        let field = self.client.wait().at_most(PATIENCE).for_element(Locator::XPath(&path)).await;
        let field = field.unwrap_or_else(|error| panic!("no field {label:?}: {error}"));
        if field.tag_name().await.expect("a tag") == "select" {
            field.select_by_label(text).await.unwrap_or_else(|error| panic!("{label}: {error}"));
            return;
        }
        write(&field, label, text).await;
    }

    /// Presses keys wherever the focus is.
    pub async fn press(&self, keys: &str) {
        loop {
            let focused = self.client.active_element().await.expect("something has the focus");
            match focused.send_keys(keys).await {
                // The view was exchanged in between, and what is the same in the new one has the focus.
                Err(error) if error.to_string().contains("stale element") => {}
                pressed => return pressed.unwrap_or_else(|error| panic!("{keys:?}: {error}")),
            }
        }
    }

    /// Presses one of the keys without a letter.
    pub async fn press_key(&self, key: Key) {
        self.press(&String::from(char::from(key))).await;
    }

    /// Presses Tab until an expression about `it`, the element with the focus, is true.
    pub async fn tab_to(&self, expression: &str) {
        for _ in 0..60 {
            self.press_key(Key::Tab).await;
            let found = self.value(&format!("((it) => Boolean({expression}))(document.activeElement)")).await;
            if found == Value::Bool(true) {
                return;
            }
        }
        panic!("Tab does not lead to {expression} at {}", self.place().await);
    }

    /// What axe-core has to say against the page.
    pub async fn faults(&self) -> Vec<Value> {
        let path = std::env::var_os("AXE_JS").map_or_else(
            || {
                PathBuf::from(concat!(
                    env!("CARGO_MANIFEST_DIR"),
                    "/../.tools/node_modules/axe-core/axe.min.js"
                ))
            },
            PathBuf::from,
        );
        let axe = std::fs::read_to_string(&path).unwrap_or_else(|error| {
            panic!(
                "axe-core is not at {} ({error}): `make test` gets it, or name it by AXE_JS",
                path.display()
            )
        });
        self.client.execute(&axe, Vec::new()).await.expect("axe-core loads");
        const RUN: &str = r"
            const done = arguments[arguments.length - 1];
            axe.run(document, { resultTypes: ['violations'] }).then(
                (found) => done(found.violations.map((one) => ({
                    rule: one.id,
                    why: one.help,
                    where: one.nodes.map((node) => `${node.html} ${node.failureSummary}`).slice(0, 4),
                }))),
                (error) => done([{ rule: 'axe-core failed', why: String(error) }]),
            );";
        let found = self.client.execute_async(RUN, Vec::new()).await.expect("axe-core runs");
        found.as_array().cloned().unwrap_or_else(|| panic!("axe-core said {found}"))
    }

    /// How far the page can be scrolled sideways, and what sticks out.
    pub async fn sideways(&self) -> String {
        const OUT: &str = r"(() => {
            const page = document.scrollingElement, room = document.documentElement.clientWidth;
            if (page.scrollWidth <= room) return '';
            const out = [...document.querySelectorAll('body *')].filter((it) => it.getBoundingClientRect().right > room + 1);
            return `${page.scrollWidth} of ${room}: ` + out.slice(0, 5).map((it) => it.outerHTML.slice(0, 120)).join(' | ');
        })()";
        self.words(OUT).await
    }
}

/// Writes a text into a field instead of what is there. A page that a click has led to may have it laid out a moment
/// later.
async fn write(field: &Element, what: &str, text: &str) {
    let deadline = Instant::now() + PATIENCE;
    while let Err(error) = field.clear().await {
        assert!(is_not_yet(&error) && Instant::now() < deadline, "{what}: {error}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    field.send_keys(text).await.unwrap_or_else(|error| panic!("{what}: {error}"));
}

/// Whether something failed for what passes by itself: something lay over the element, or it had not been laid out.
fn is_not_yet(error: &CmdError) -> bool {
    let words = error.to_string();
    words.contains("intercepted") || words.contains("not interactable")
}
