//! Pages a second, on the pages in `testdata`, padded to the size of pages on the web.

#![allow(missing_docs)]

use std::fs;
use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use impasse_reader::{Hint, dates, fingerprint, likeness, read};

/// The pages, each with the scripts and lists of links that real ones carry: about 200 kB, most of it no text.
#[allow(clippy::expect_used)]
fn pages() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/pages");
    let script = format!("<script>var state = {{{}}};</script>", "\"key\": [1, 2, 3], ".repeat(5000));
    let links = "<li class=\"menu-item\"><a href=\"/section/story-1\" title=\"A story\">A story about boats</a></li>\n".repeat(1000);
    let mut paths: Vec<_> =
        fs::read_dir(folder).expect("testdata").flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
        .into_iter()
        .filter(|path| path.extension().is_some_and(|ending| ending == "html"))
        .map(|path| {
            let page = fs::read_to_string(path).expect("a page");
            page.replace("</body>", &format!("<ul>{links}</ul>{script}</body>")).into_bytes()
        })
        .collect()
}

fn bench(criterion: &mut Criterion) {
    let pages = pages();
    let hint = Hint::default();
    let mut group = criterion.benchmark_group("pages");
    group.throughput(Throughput::Elements(pages.len() as u64));
    group.sample_size(20);
    group.bench_function("dates", |bencher| {
        bencher.iter(|| pages.iter().map(|page| dates(black_box(page), &hint).readings.len()).sum::<usize>());
    });
    group.bench_function("read", |bencher| {
        bencher.iter(|| pages.iter().filter(|page| read(black_box(page), &hint).is_ok()).count());
    });
    group.finish();
    let text = String::from_utf8_lossy(&pages[0]);
    let print = fingerprint(&text);
    criterion.bench_function("fingerprint", |bencher| bencher.iter(|| fingerprint(black_box(&text))));
    criterion.bench_function("likeness", |bencher| {
        bencher.iter(|| likeness(black_box(&print), black_box(&print)));
    });
}

criterion_group!(benches, bench);
criterion_main!(benches);
