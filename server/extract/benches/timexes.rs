//! How fast time expressions and candidates are read: documents a second on the crate's own articles, and how the
//! time grows with the length of the text.
//!
//! `cargo bench -p impasse-extract`. The articles are `corpus/articles`; the long texts repeat them.

#![expect(missing_docs, reason = "the macro of criterion writes a public function")]

use std::hint::black_box;
use std::path::Path;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use impasse_extract::{Context, Date, candidates, timexes};

fn articles() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/articles");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    files.sort();
    files
        .into_iter()
        .filter_map(|file| {
            std::fs::read_to_string(file).ok()?.split_once("\n----\n").map(|(_, text)| text.to_owned())
        })
        .collect()
}

fn corpus(bench: &mut Criterion) {
    let articles = articles();
    let context = Context { published: Date::new(2026, 1, 29), ..Context::default() };
    let mut group = bench.benchmark_group("corpus");
    group.throughput(Throughput::Elements(articles.len() as u64));
    group.bench_function("timexes", |bench| {
        bench.iter(|| articles.iter().map(|text| timexes(black_box(text), &context).len()).sum::<usize>());
    });
    group.bench_function("candidates", |bench| {
        bench.iter(|| {
            articles.iter().map(|text| candidates(black_box(text), &context).candidates.len()).sum::<usize>()
        });
    });
    group.finish();
}

fn scaling(bench: &mut Criterion) {
    let context = Context { published: Date::new(2026, 1, 29), ..Context::default() };
    let whole = articles().join("\n\n");
    let mut group = bench.benchmark_group("scaling");
    group.sample_size(20);
    for size in [10_000_usize, 100_000, 1_000_000] {
        let text: String = whole.chars().cycle().take(size).collect();
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_with_input(BenchmarkId::new("timexes", size), &text, |bench, text| {
            bench.iter(|| timexes(black_box(text), &context).len());
        });
    }
    group.finish();
}

criterion_group!(benches, corpus, scaling);
criterion_main!(benches);
