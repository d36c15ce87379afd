//! What a page shows, read as a browser without scripts reads it.

use scraper::{ElementRef, Html, Selector};

/// A page, parsed.
#[derive(Debug)]
pub struct Page {
    html: Html,
}

/// A form as it stands on a page: where it goes, and what it would send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// The address it is sent to.
    pub action: String,
    /// Names and values, in order.
    pub values: Vec<(String, String)>,
}

impl Form {
    /// The form with something typed or chosen.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        match self.values.iter_mut().find(|(other, _)| other == name) {
            Some(pair) => value.clone_into(&mut pair.1),
            None => self.values.push((name.to_owned(), value.to_owned())),
        }
        self
    }

    /// What a field holds.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.values.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }
}

fn selector(css: &str) -> Selector {
    Selector::parse(css).unwrap_or_else(|error| panic!("{css}: {error}"))
}

/// The text of an element, with runs of white space as one blank.
fn words(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Page {
    /// Reads a document.
    pub fn new(html: &str) -> Self {
        // Read as where no script runs: what stands in `noscript` is part of the page.
        let html = html.replace("<noscript>", "").replace("</noscript>", "");
        Self { html: Html::parse_document(&html) }
    }

    /// The texts of all elements that a selector finds.
    pub fn texts(&self, css: &str) -> Vec<String> {
        self.html.select(&selector(css)).map(words).collect()
    }

    /// The text of the first element that a selector finds.
    #[track_caller]
    pub fn text(&self, css: &str) -> String {
        self.texts(css).into_iter().next().unwrap_or_else(|| panic!("no {css} in {}", self.html.html()))
    }

    /// Whether there is such an element.
    pub fn has(&self, css: &str) -> bool {
        self.html.select(&selector(css)).next().is_some()
    }

    /// The values of an attribute of all elements that a selector finds and that have it.
    pub fn attributes(&self, css: &str, name: &str) -> Vec<String> {
        self.html.select(&selector(css)).filter_map(|element| element.attr(name).map(str::to_owned)).collect()
    }

    /// The value of an attribute of the first element that a selector finds.
    #[track_caller]
    pub fn attribute(&self, css: &str, name: &str) -> String {
        self.attributes(css, name)
            .into_iter()
            .next()
            .unwrap_or_else(|| panic!("no {css} with {name} in {}", self.html.html()))
    }

    /// The address of the link with a text.
    #[track_caller]
    pub fn link(&self, text: &str) -> String {
        self.html
            .select(&selector("a[href]"))
            .find(|link| words(*link) == text)
            .and_then(|link| link.attr("href"))
            .unwrap_or_else(|| panic!("no link {text:?} in {}", self.html.html()))
            .to_owned()
    }

    /// The form that is sent to an address by POST.
    #[track_caller]
    pub fn form(&self, action: &str) -> Form {
        self.forms()
            .into_iter()
            .find(|form| form.action == action)
            .unwrap_or_else(|| panic!("no form to {action} in {}", self.html.html()))
    }

    /// All forms that are sent by POST.
    pub fn forms(&self) -> Vec<Form> {
        self.html
            .select(&selector("form[method=post]"))
            .map(|form| Form {
                action: form.attr("action").unwrap_or_default().to_owned(),
                values: form.select(&selector("input, textarea, select")).filter_map(value).collect(),
            })
            .collect()
    }

    /// The message at a field, found as a screen reader finds it: by what describes the field.
    pub fn message_at(&self, field: &str) -> Option<String> {
        let control = self.html.select(&selector("[name][aria-describedby]")).find(|control| {
            control.attr("name") == Some(field) && control.attr("aria-invalid") == Some("true")
        })?;
        control.attr("aria-describedby")?.split(' ').find_map(|id| {
            let described = selector(&format!("[id=\"{id}\"].field-error"));
            self.html.select(&described).next().map(words)
        })
    }

    /// Every text that people are shown or told: text nodes, and the attributes that are read out or shown. Not what
    /// stands as code, nor what those elements hold that `except` finds.
    pub fn shown(&self, except: &str) -> Vec<String> {
        let except = selector(except);
        let hidden = |element: ElementRef<'_>| {
            matches!(element.value().name(), "script" | "style" | "code" | "kbd" | "textarea")
                || except.matches(&element)
        };
        let mut found = Vec::new();
        for node in self.html.tree.nodes() {
            if node.ancestors().filter_map(ElementRef::wrap).any(hidden) {
                continue;
            }
            if let Some(text) = node.value().as_text() {
                found.push(text.trim().to_owned());
            }
            if let Some(element) = ElementRef::wrap(node).filter(|element| !hidden(*element)) {
                let read = ["aria-label", "aria-valuetext", "title", "placeholder", "alt"];
                found.extend(read.iter().filter_map(|name| element.attr(name)).map(str::to_owned));
            }
        }
        found.retain(|text| !text.is_empty());
        found
    }

    /// Everything on the page that could run or load something that the site itself never writes: what markup in
    /// somebody's text would turn into if it were not escaped.
    pub fn foreign_markup(&self) -> Vec<String> {
        const OURS: &str = "script[type=module][src^='/pkg/'], link[rel=preload][href^='/pkg/']";
        const FOREIGN: &str = "script, img, iframe, object, embed, base, style, video, audio, body link, body meta, \
                               x-hostile";
        let mut found: Vec<String> = self
            .html
            .select(&selector(FOREIGN))
            .filter(|element| !selector(OURS).matches(element) && !is_data(*element))
            .map(|element| element.html())
            .collect();
        for element in self.html.select(&selector("*")) {
            let bad = element.value().attrs().any(|(name, value)| {
                let loads = matches!(name, "href" | "src" | "action" | "formaction" | "xlink:href");
                let scheme = value.trim_start().to_ascii_lowercase();
                name.starts_with("on")
                    || name.contains(['<', '"', '\''])
                    || (loads
                        && ["javascript:", "data:", "vbscript:"].iter().any(|bad| scheme.starts_with(bad)))
            });
            if bad {
                found.push(element.html());
            }
        }
        found
    }
}

/// Whether it is a block of data and not a script, and what is in it is still whole.
fn is_data(element: ElementRef<'_>) -> bool {
    element.attr("type") == Some("application/ld+json")
        && serde_json::from_str::<serde_json::Value>(&element.inner_html()).is_ok()
}

/// What a control would send.
fn value(control: ElementRef<'_>) -> Option<(String, String)> {
    let name = control.attr("name")?.to_owned();
    let value = match (control.value().name(), control.attr("type").unwrap_or("text")) {
        ("input", "checkbox" | "radio") => {
            control.attr("checked")?;
            control.attr("value").unwrap_or("on").to_owned()
        }
        ("input", "submit" | "button") => return None,
        ("input", _) => control.attr("value").unwrap_or_default().to_owned(),
        ("textarea", _) => control.text().collect(),
        _ => {
            let chosen = control.select(&selector("option[selected]")).next();
            let chosen = chosen.or_else(|| control.select(&selector("option")).next())?;
            chosen.attr("value").unwrap_or_default().to_owned()
        }
    };
    Some((name, value))
}
