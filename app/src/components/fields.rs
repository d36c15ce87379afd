//! Form fields: label, hint, error, and what was typed, tied together for eyes and screen readers alike.

use leptos::prelude::*;

use crate::page::Submission;
use crate::t;

/// One field of a form.
pub struct Field<'a> {
    form: &'a Submission,
    name: &'a str,
    label: &'a str,
    value: String,
    hint: &'a str,
    required: bool,
    /// Whether it may have to be filled in, which its hint says.
    depends: bool,
    /// The list of what may be typed, by its identifier.
    list: Option<&'static str>,
}

impl<'a> Field<'a> {
    /// A field under its name and label.
    pub fn new(form: &'a Submission, name: &'a str, label: &'a str) -> Self {
        Self {
            form,
            name,
            label,
            value: String::new(),
            hint: "",
            required: false,
            depends: false,
            list: None,
        }
    }

    /// What the field holds before anything was typed.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    /// One sentence of help under the label.
    #[must_use]
    pub fn hint(mut self, hint: &'a str) -> Self {
        self.hint = hint;
        self
    }

    /// Marks the field as one that must be filled in.
    #[must_use]
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Marks the field as one of which the hint says when it must be filled in.
    #[must_use]
    pub fn depends(mut self) -> Self {
        self.depends = true;
        self
    }

    /// Offers the entries of a `datalist`.
    #[must_use]
    pub fn list(mut self, id: &'static str) -> Self {
        self.list = Some(id);
        self
    }

    fn current(&self) -> String {
        if self.form.is_empty() { self.value.clone() } else { self.form.raw(self.name).to_owned() }
    }

    fn described_by(&self) -> Option<String> {
        let hint = (!self.hint.is_empty()).then(|| format!("{}-hint", self.name));
        let error = self.form.error(self.name).map(|_| format!("{}-error", self.name));
        let ids: Vec<String> = hint.into_iter().chain(error).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    fn wrap(&self, control: AnyView) -> AnyView {
        let class = if self.form.error(self.name).is_some() { "field field-wrong" } else { "field" };
        let error = self.form.error(self.name).map(|message| {
            view! { <p class="field-error" id=format!("{}-error", self.name)>{message.to_owned()}</p> }
        });
        let hint = (!self.hint.is_empty()).then(|| {
            view! { <p class="field-hint" id=format!("{}-hint", self.name)>{self.hint.to_owned()}</p> }
        });
        let optional = (!self.required && !self.depends)
            .then(|| view! { <span class="field-optional">" "{t!("field-optional")}</span> });
        view! {
            <div class=class>
                <label for=self.name.to_owned()>{self.label.to_owned()}{optional}</label>
                {hint}
                {control}
                {error}
            </div>
        }
        .into_any()
    }

    fn invalid(&self) -> Option<&'static str> {
        self.form.error(self.name).map(|_| "true")
    }

    /// A line of text. `kind` is the input's type, `autocomplete` its purpose (WCAG 1.3.5), or nothing.
    pub fn text(self, kind: &'static str, autocomplete: &'static str) -> AnyView {
        let control = view! {
            <input
                type=kind
                id=self.name.to_owned()
                name=self.name.to_owned()
                value=(kind != "password").then(|| self.current())
                required=self.required
                list=self.list
                autocomplete=(!autocomplete.is_empty()).then_some(autocomplete)
                aria-invalid=self.invalid()
                aria-describedby=self.described_by()
            />
        }
        .into_any();
        self.wrap(control)
    }

    /// Files to send, of the kinds that `accept` lists.
    pub fn files(self, accept: &'static str) -> AnyView {
        let control = view! {
            <input
                type="file"
                id=self.name.to_owned()
                name=self.name.to_owned()
                required=self.required
                multiple=true
                accept=accept
                aria-invalid=self.invalid()
                aria-describedby=self.described_by()
            />
        }
        .into_any();
        self.wrap(control)
    }

    /// Several lines of text.
    pub fn lines(self, rows: u32) -> AnyView {
        // Leptos 0.8 does not escape the children of a textarea, so it is done here. A line break right after the
        // tag would be dropped by the parser, hence the extra one.
        let content = format!("\n{}", escape(&self.current()));
        let control = view! {
            <textarea
                id=self.name.to_owned()
                name=self.name.to_owned()
                rows=rows.to_string()
                required=self.required
                aria-invalid=self.invalid()
                aria-describedby=self.described_by()
                inner_html=content
            ></textarea>
        }
        .into_any();
        self.wrap(control)
    }

    /// A choice of keys with labels.
    pub fn choice(self, options: &[(String, String)]) -> AnyView {
        let current = self.current();
        let options: Vec<_> = options
            .iter()
            .map(|(key, label)| {
                view! { <option value=key.clone() selected=*key == current>{label.clone()}</option> }
            })
            .collect();
        let control = view! {
            <select
                id=self.name.to_owned()
                name=self.name.to_owned()
                aria-invalid=self.invalid()
                aria-describedby=self.described_by()
            >
                {options}
            </select>
        }
        .into_any();
        self.wrap(control)
    }
}

/// The choices of a closed vocabulary.
macro_rules! options {
    ($name:ty) => {
        <$name>::ALL
            .iter()
            .map(|value| (value.key().to_owned(), value.label().to_owned()))
            .collect::<Vec<_>>()
    };
}
pub(crate) use options;

/// The list of everything wrong with a form, at its head, each linked to its field.
pub fn error_summary(form: &Submission) -> Option<AnyView> {
    if form.errors.is_empty() {
        return None;
    }
    let items: Vec<_> = form
        .errors
        .iter()
        .map(|error| view! { <li><a href=format!("#{}", error.field)>{error.message.clone()}</a></li> })
        .collect();
    let heading = t!("field-things-need-your-attention", count = form.errors.len());
    Some(
        view! {
            <div class="notice notice-bad" role="alert" id="errors">
                <h2>{heading}</h2>
                <ul>{items}</ul>
            </div>
        }
        .into_any(),
    )
}

/// The readings of an unclear date, to choose one.
pub fn date_readings(form: &Submission) -> Option<AnyView> {
    if form.readings.is_empty() {
        return None;
    }
    let readings: Vec<_> = form
        .readings
        .iter()
        .map(|reading| {
            let id = format!("reading-{}", reading.edtf());
            view! {
                <label class="choice">
                    <input type="radio" name="date_reading" id=id value=reading.edtf().to_owned()/>
                    <span>{reading.words()}</span>
                </label>
            }
        })
        .collect();
    Some(
        view! {
            <fieldset class="readings">
                <legend>{t!("field-which-date-is-meant")}</legend>
                {readings}
            </fieldset>
        }
        .into_any(),
    )
}

/// Text for the inside of an element, or of an attribute in double quotes.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::view::FieldError;
    use crate::page::draw;

    #[test]
    fn what_was_typed_comes_back_as_text() {
        let hostile = "</textarea><script>alert(1)</script>\" onfocus=\"x";
        let mut form = Submission::new(vec![("a".into(), hostile.into()), ("b".into(), hostile.into())]);
        form.errors.push(FieldError::new("a", "Too <b>bold</b>."));
        let html = draw(move || {
            view! {
                {error_summary(&form)}
                {Field::new(&form, "a", "A").text("text", "")}
                {Field::new(&form, "b", "B").lines(3)}
            }
            .into_any()
        });
        assert!(!html.contains("<script>"), "{html}");
        assert!(!html.contains("\" onfocus"), "{html}");
        assert!(!html.contains("<b>"), "{html}");
        assert!(html.contains("&lt;/textarea&gt;"), "{html}");
        assert!(html.contains("aria-describedby=\"a-error\""), "{html}");
    }
}
