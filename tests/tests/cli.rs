//! The command line of the real binary.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, and clippy takes only functions marked as tests for tests"
)]

use std::process::Output;

use impasse_tests::{Home, Impasse, Request};

const ARTICLE: &str = include_str!("fixtures/paste.txt");

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

/// Runs a command that must succeed; gives what it answers.
#[track_caller]
fn answer(home: &Home, arguments: &[&str], input: &str) -> String {
    let output = home.run(arguments, input);
    assert!(output.status.success(), "{arguments:?}: {}", stderr(&output));
    stdout(&output)
}

/// Runs a command that must fail and say why; gives what it says.
#[track_caller]
fn failure(home: &Home, arguments: &[&str], input: &str) -> String {
    let output = home.run(arguments, input);
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(1), "{arguments:?}: {said}");
    assert!(!said.contains("panicked") && !said.contains("RUST_BACKTRACE"), "{said}");
    let why = said.split_once("impasse: ").map(|(_, why)| why).unwrap_or_default();
    assert!(why.trim().len() > 10, "{arguments:?}: {said}");
    why.to_owned()
}

#[test]
fn config_tells_the_settings_in_force_and_no_secret() {
    let home = Home::at("postgres://me:s3cret@db.example/impasse".to_owned());
    let file = home.folder().join("impasse.toml");
    std::fs::write(&file, "listen = \"127.0.0.1:4000\"\nlog = \"debug\"\nmax_body = 5000\n").unwrap();
    let file = file.display().to_string();
    let printed = answer(&home, &["config", "--config", &file, "--log", "warn"], "");
    assert!(!printed.contains("s3cret"), "{printed}");
    for line in [
        "listen = \"127.0.0.1:4000\"",
        "database = \"postgres://me:***@db.example/impasse\"",
        "log = \"warn\"",
        "max_body = 5000",
    ] {
        assert!(printed.contains(line), "{line} in {printed}");
    }
    // What it prints it reads.
    std::fs::write(&file, &printed).unwrap();
    assert_eq!(answer(&home, &["config", "--config", &file, "--log", "warn"], ""), printed);
    let help = answer(&home, &["--help"], "");
    assert!(!help.contains("s3cret"), "{help}");
}

#[test]
fn accounts_are_added_from_a_shell() {
    let home = Home::sqlite();
    assert!(failure(&home, &["user", "add", "Eve"], "short\n").contains("12 characters"));
    assert!(failure(&home, &["user", "add", "Eve"], "").contains("12 characters"));
    assert!(failure(&home, &["user", "add", ""], "a good long password\n").contains("name"));
    answer(&home, &["user", "add", "Eve", "--owner"], "a good long password\n");
    assert!(failure(&home, &["user", "add", "eve"], "a good long password\n").contains("already"));
    answer(&home, &["user", "add", "Zoë O’Neill"], "a good long password\r\n");
    assert_eq!(answer(&home, &["user", "list"], ""), "Eve (looks after the site)\nZoë O’Neill\n");

    let server = Impasse::start_with(&home, &["--no-demo"]);
    assert_eq!(server.setup(), None, "there is an account already");
    let eve = server.reader();
    eve.post("/sign-in", &[("name", "Eve"), ("password", "a good long password")]).expect(303);
    eve.get("/disputes/new").expect(200);
    server.reader().post("/sign-in", &[("name", "Eve"), ("password", "a good long passwort")]).expect(422);
    answer(&home, &["user", "password", "Eve"], "quite another password\n");
    eve.get("/disputes/new").expect(303);
    eve.post("/sign-in", &[("name", "Eve"), ("password", "quite another password")]).expect(303);
    assert!(failure(&home, &["user", "password", "Nobody"], "x\n").contains("Nobody"));
    assert_eq!(answer(&home, &["user", "passkeys", "Eve"], ""), "");
    assert_eq!(answer(&home, &["user", "passkeys", "Eve", "--remove"], ""), "Removed 0 passkeys of Eve\n");
}

#[test]
fn tokens_are_made_from_a_shell() {
    let home = Home::sqlite();
    assert!(failure(&home, &["token", "add", "laptop"], "").contains("user add"));
    answer(&home, &["user", "add", "Eve", "--owner"], "a good long password\n");
    let token = answer(&home, &["token", "add", "laptop", "--scope", "write", "--days", "7"], "");
    let token = token.trim();
    assert!(token.starts_with("imp_") && token.len() == 30, "{token}");
    assert!(failure(&home, &["token", "add", "x", "--scope", "gossip"], "").contains("suggest"));
    assert!(failure(&home, &["token", "add", "x", "--days", "soon"], "").contains("days"));
    answer(&home, &["user", "add", "Zoë"], "a good long password\n");
    assert!(failure(&home, &["token", "list"], "").contains("--user"));
    assert!(answer(&home, &["token", "list", "--user", "eve"], "").starts_with("laptop\twrite\tuntil "));

    let server = Impasse::start_with(&home, &["--no-demo"]);
    let add = Request::new("POST", "/api/v1/disputes")
        .header("authorization", format!("Bearer {token}"))
        .header("content-type", "application/json")
        .body("{\"title\": \"From a shell\", \"status\": \"open\"}");
    server.reader().send(&add).expect(201);
    answer(&home, &["token", "revoke", "laptop", "--user", "Eve"], "");
    server.reader().send(&add).expect(401);
    assert!(failure(&home, &["token", "revoke", "laptop", "--user", "Eve"], "").contains("laptop"));
}

#[test]
fn articles_are_taken_in_from_a_file_and_from_a_pipe() {
    let home = Home::sqlite();
    assert!(answer(&home, &["demo"], "").contains("/d/pentagon-anthropic"));
    assert!(answer(&home, &["demo"], "").contains("already"));
    let file = home.folder().join("article.txt");
    std::fs::write(&file, ARTICLE).unwrap();
    let file = file.display().to_string();
    let about =
        ["--dispute", "pentagon-anthropic", "--publisher", "The Example", "--published", "2026-01-29"];
    let ingest = |source: &str, further: &[&str], input: &str| {
        let arguments: Vec<&str> =
            ["ingest", source].into_iter().chain(about).chain(further.iter().copied()).collect();
        home.run(&arguments, input)
    };
    let told = stdout(&ingest(&file, &[], ""));
    assert!(told.lines().any(|line| line.starts_with("2026-01-09\t")), "{told}");
    assert!(told.contains("candidates wait at /d/pentagon-anthropic/articles/"), "{told}");
    let again = stdout(&ingest("-", &[], ARTICLE));
    assert!(again.contains("there already"), "{again}");
    let piped = ingest(
        "-",
        &["--json", "--title", "Another"],
        "On January 12, 2026, the company sued the department.\n",
    );
    let told: serde_json::Value = serde_json::from_slice(&piped.stdout).expect("JSON");
    assert_eq!(told["new"], true);
    assert_eq!(told["article"]["title"], "Another");
    assert_eq!(told["candidates"].as_array().map(Vec::len), Some(1), "{told}");

    let wrong = |arguments: &[&str], input: &str| {
        let arguments: Vec<&str> = ["ingest"].into_iter().chain(arguments.iter().copied()).collect();
        failure(&home, &arguments, input)
    };
    assert!(wrong(&[&["/nowhere/article.txt"], &about[..]].concat(), "").contains("/nowhere/article.txt"));
    assert!(wrong(&[&["-"], &about[..]].concat(), "").contains("text"));
    assert!(
        wrong(&["-", "--dispute", "none", "--publisher", "P", "--published", "2026-01-29"], "A text.")
            .contains("none")
    );
    assert!(
        wrong(
            &["-", "--dispute", "pentagon-anthropic", "--publisher", "P", "--published", "soon"],
            "A text."
        )
        .contains("published")
    );
    let server = Impasse::start(&home);
    let sources = server.reader().get("/d/pentagon-anthropic/articles").expect(200).text();
    assert!(sources.contains("The Example") && sources.contains("Another"));
}

#[test]
fn extract_reads_lines_and_needs_no_database() {
    let home = Home::at("postgres://nobody@127.0.0.1:1/nothing".to_owned());
    let lines = [
        serde_json::json!({"doc": "a", "dct": "2026-01-29", "title": "", "text": "🙂 A memo dated January 9 was issued."}),
        serde_json::json!({"doc": "b", "text": "The Treaty was signed on 4 March 1921."}),
    ];
    let input = format!("{}\n\n{}\n", lines[0], lines[1]);
    let told = answer(&home, &["extract"], &input);
    let found: Vec<serde_json::Value> =
        told.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect();
    let memo = found.iter().find(|found| found["doc"] == "a").expect("a time expression");
    assert_eq!((&memo["edtf"], &memo["type"]), (&"2026-01-09".into(), &"DATE".into()), "{memo}");
    // Offsets count code points, not bytes.
    assert_eq!((&memo["start"], &memo["end"]), (&15.into(), &24.into()), "{memo}");
    assert!(found.iter().any(|found| found["doc"] == "b" && found["edtf"] == "1921-03-04"), "{told}");
    let events = answer(&home, &["extract", "--events", "--format", "jsonl"], &input);
    assert!(events.lines().any(|line| line.contains("\"edtf\":\"2026-01-09\"")), "{events}");
    assert!(failure(&home, &["extract"], "{\"doc\": 1}\n").contains("line 1"));
    assert!(failure(&home, &["extract"], &format!("{}\nno json\n", lines[0])).contains("line 2"));
    assert!(
        failure(&home, &["extract"], "{\"doc\":\"a\",\"dct\":\"soon\",\"text\":\"x\"}\n").contains("soon")
    );
}

#[test]
fn candidates_name_the_parties_that_they_are_given() {
    let home = Home::at("postgres://nobody@127.0.0.1:1/nothing".to_owned());
    let line = serde_json::json!({
        "doc": "a",
        "dct": "2026-03-10",
        "text": "Northwind sued the Transport Ministry on Monday. It could drop the suit next week.",
    });
    let parties = [
        "--party",
        "nw=Northwind Robotics|Northwind",
        "--party",
        "mt=Ministry of Transport|Transport Ministry",
    ];
    let told = answer(&home, &[&["extract", "--events"], &parties[..]].concat(), &line.to_string());
    let events: Vec<serde_json::Value> =
        told.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect();
    assert_eq!(events.len(), 1, "{told}");
    assert_eq!((&events[0]["edtf"], &events[0]["phase"]), (&"2026-03-09".into(), &"done".into()), "{told}");
    let roles = serde_json::json!([{"key": "nw", "role": "actor"}, {"key": "mt", "role": "target"}]);
    assert_eq!(events[0]["parties"], roles, "{told}");
    let output = home.run(&["extract", "--party", "nameless"], "");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("KEY=Name"), "{}", stderr(&output));
}

#[test]
fn a_timeline_is_made_from_many_articles() {
    let home = Home::at("postgres://nobody@127.0.0.1:1/nothing".to_owned());
    let article =
        |day: &str, text: &str| serde_json::json!({"doc": day, "dct": day, "text": text}).to_string();
    let input = [
        article(
            "2026-03-10",
            "Northwind sued the ministry on Monday, March 9. The suit calls the ban unlawful.",
        ),
        article("2026-03-11", "Northwind, which sued the ministry on March 9, lost a tenth of its value."),
        article(
            "2026-03-20",
            "A judge dismissed the suit that Northwind filed on March 9. The ruling of March 19 is final.",
        ),
        article("2026-03-21", "The harbour festival opened on March 20."),
    ]
    .join("\n");
    let arguments =
        ["timeline", "--jsonl", "--limit", "2", "--keyword", "Northwind", "--topic", "t", "--name", "n"];
    let told: serde_json::Value =
        serde_json::from_str(&answer(&home, &arguments, &input)).expect("one line of JSON");
    assert_eq!((&told["topic"], &told["timeline"]), (&"t".into(), &"n".into()), "{told}");
    let dates: Vec<&str> =
        told["dates"].as_array().into_iter().flatten().filter_map(|day| day.as_str()).collect();
    assert!(dates.len() == 2 && dates.contains(&"2026-03-09"), "{told}");
    let first = told["entries"].as_array().into_iter().flatten().find(|entry| entry["date"] == "2026-03-09");
    let title = first.map(|entry| entry["events"][0]["title"].to_string()).unwrap_or_default();
    assert!(title.contains("sued the ministry"), "{told}");
    let table = answer(&home, &["timeline", "--from", "2026-03-09", "--to", "2026-03-11"], &input);
    assert!(table.lines().any(|line| line.starts_with("2026-03-09\t")), "{table}");
    assert!(!table.contains("2026-03-19"), "{table}");
    assert!(failure(&home, &["timeline"], "{\"text\":\"x\"}\n").contains("line 1"));
    assert!(answer(&home, &["timeline"], "").is_empty());
}

#[test]
fn databases_are_brought_up_to_date() {
    for home in [Home::sqlite(), Home::postgres()] {
        assert!(answer(&home, &["migrate"], "").contains("up to date"));
        assert!(answer(&home, &["migrate"], "").contains("up to date"));
        assert!(answer(&home, &["user", "list"], "").is_empty());
    }
}

#[test]
fn bad_settings_are_told_clearly() {
    let home = Home::sqlite();
    let folder = home.folder().display().to_string();
    let file = home.folder().join("bad.toml");
    std::fs::write(&file, "databse = \"a.db\"\n").unwrap();
    let file = file.display().to_string();
    for (arguments, named) in [
        (&["serve", "--config", "/nowhere/impasse.toml"][..], "/nowhere/impasse.toml"),
        (&["serve", "--config", &file], "databse"),
        (&["serve", "--public-url", "timelines.example.org"], "timelines.example.org"),
        (&["serve", "--public-url", "https://e.org/path"], "https://e.org/path"),
        (&["serve", "--log", "loud=="], "log"),
        (&["serve", "--database", &folder], "database"),
        (&["migrate", "--database", "postgres://nobody:s3cret@127.0.0.1:1/nothing"], "database"),
        (&["migrate", "--database", "mysql://me@db/impasse"], "mysql"),
    ] {
        let said = failure(&home, arguments, "");
        assert!(said.contains(named), "{arguments:?}: {said}");
        assert!(!said.contains("s3cret"), "{said}");
    }
    // What clap refuses it explains too, with its own exit code.
    for arguments in [&["serve", "--listen", "somewhere"][..], &["serve", "--max-body", "-1"], &["fly"]] {
        let output = home.run(arguments, "");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(stderr(&output).contains("error: "), "{arguments:?}: {}", stderr(&output));
    }
    let server = Impasse::start(&home);
    let taken = server.address().to_string();
    assert!(failure(&home, &["serve", "--listen", &taken], "").contains("--listen"));
}

#[test]
fn a_view_is_exported_as_on_the_site() {
    let home = Home::sqlite();
    answer(&home, &["demo"], "");
    let table =
        answer(&home, &["export", "pentagon-anthropic", "--format", "csv", "--query", "?kind=memo"], "");
    assert!(table.trim_start_matches('\u{feff}').starts_with("id,date,"), "{table}");
    assert_eq!(table.lines().count(), 2, "{table}");
    assert!(table.contains("AI strategy memo issued"), "{table}");

    let file = home.folder().join("demo.ics");
    let arguments =
        ["export", "pentagon-anthropic", "--format", "ics", "--output", &file.display().to_string()];
    let output = home.run(&arguments, "");
    assert!(output.status.success() && stdout(&output).is_empty(), "{}", stderr(&output));
    assert!(stderr(&output).contains("iCalendar cannot hold: "), "what is lost is said: {}", stderr(&output));
    let calendar = std::fs::read_to_string(&file).unwrap();
    let server = Impasse::start(&home);
    let served = server.reader().get("/d/pentagon-anthropic.ics").expect(200).text();
    let events = |text: &str| {
        text.lines().filter(|line| line.starts_with("SUMMARY:")).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(events(&calendar).len(), 7);
    assert_eq!(events(&calendar), events(&served));

    assert!(failure(&home, &["export", "nowhere"], "").contains("there is no dispute nowhere"));
    assert!(
        failure(&home, &["export", "pentagon-anthropic", "--query", "?kind=gossip"], "").contains("kind")
    );
    assert_eq!(home.run(&["export", "pentagon-anthropic", "--format", "gossip"], "").status.code(), Some(2));
}

#[test]
fn a_dry_run_says_what_would_become_of_each_row() {
    let home = Home::sqlite();
    answer(&home, &["demo"], "");
    let file = home.folder().join("events.csv");
    std::fs::write(&file, "date,title\n2026-03-01,A letter\n03/04/2026,Unclear\n").unwrap();
    let file = file.display().to_string();
    let told = answer(&home, &["import", "--format", "csv", "--dry-run", &file], "");
    assert!(told.contains("2: can be taken: 2026-03-01 A letter") && told.contains("3: wrong"), "{told}");
    assert!(told.contains("It could be "), "both readings: {told}");
    let compared = ["import", "--format", "csv", "--dry-run", "--dispute", "pentagon-anthropic", &file];
    assert!(answer(&home, &compared, "").contains("2: new: 2026-03-01 A letter"));
    assert!(answer(&home, &compared, "").contains("2: new: "), "looking changed nothing");

    let take = ["import", "--format", "csv", "--dispute", "pentagon-anthropic", &file];
    let told = answer(&home, &take, "");
    assert!(
        told.contains("1 events added to /d/pentagon-anthropic") && told.contains("1 rows left"),
        "{told}"
    );
    assert!(answer(&home, &take, "").contains("0 events added"));
    assert!(answer(&home, &compared, "").contains("2: same: 2026-03-01 A letter"));

    // What is exported is there already.
    let markwhen = home.folder().join("demo.mw").display().to_string();
    answer(&home, &["export", "pentagon-anthropic", "--format", "markwhen", "--output", &markwhen], "");
    let told = answer(&home, &["import", "--dry-run", "--dispute", "pentagon-anthropic", &markwhen], "");
    assert_eq!(told.matches(": same: ").count(), 8, "{told}");
    assert!(
        failure(&home, &["import", "--dry-run", &home.folder().join("x.exe").display().to_string()], "")
            .contains("cannot read")
    );
}

#[test]
fn everything_is_copied_and_moved() {
    let home = Home::sqlite();
    answer(&home, &["demo"], "");
    let file = home.folder().join("all.zip").display().to_string();
    let told = answer(&home, &["backup", &file], "");
    assert!(told.contains("all.zip was written: ") && told.contains(" rows of "), "{told}");
    assert!(answer(&home, &["backup", "--verify", &file], "").contains("all.zip is whole: "));
    assert!(failure(&home, &["restore", &file], "").contains("is not empty"));

    let next = Home::postgres();
    assert!(answer(&next, &["restore", &file], "").contains("was filled: "));
    let json = answer(&home, &["export", "pentagon-anthropic"], "");
    assert_eq!(answer(&next, &["export", "pentagon-anthropic"], ""), json);

    let last = home.folder().join("moved.db").display().to_string();
    let moved = answer(&home, &["migrate", "--from", next.url(), "--to", &last], "");
    let row =
        |table: &str, rows: &str| moved.lines().any(|line| line.split_whitespace().eq([table, rows, "yes"]));
    assert!(row("disputes", "1") && row("events", "7") && row("users", "0"), "{moved}");
    assert!(!moved.contains(" no\n"), "{moved}");
    assert_eq!(answer(&home, &["export", "pentagon-anthropic", "--database", &last], ""), json);
    assert_eq!(home.run(&["migrate", "--from", &last], "").status.code(), Some(2), "and where to?");

    std::fs::write(&file, &std::fs::read(&file).unwrap()[1..]).unwrap();
    assert!(failure(&home, &["backup", "--verify", &file], "").contains("no backup"));

    let site = home.folder().join("site.zip").display().to_string();
    assert!(answer(&home, &["archive", &site], "").contains("with 1 disputes"));
}

#[test]
fn the_server_makes_backups_by_itself() {
    let home = Home::sqlite();
    let folder = home.folder().join("copies");
    let mut server = Impasse::start_with(&home, &["--backup-dir", &folder.display().to_string()]);
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(60);
    while !server.log().contains("made a backup") {
        assert!(std::time::Instant::now() < deadline, "{}", server.log());
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    let zip = |entry: std::io::Result<std::fs::DirEntry>| {
        let path = entry.unwrap().path();
        path.extension().is_some_and(|extension| extension == "zip").then_some(path)
    };
    let made: Vec<_> = std::fs::read_dir(&folder).unwrap().filter_map(zip).collect();
    assert_eq!(made.len(), 1, "{made:?}");
    assert!(server.stop().success());
    let made = made[0].display().to_string();
    assert!(answer(&home, &["backup", "--verify", &made], "").contains("is whole"));
}
