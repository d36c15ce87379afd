//! Signing in, and the first account.

use leptos::prelude::*;

use crate::components::fields::{Field, error_summary};
use crate::page::{Page, PageRequest};

/// `/sign-in`
pub fn sign_in(request: &PageRequest) -> Page {
    let form = request.submission();
    let to = match form.get("to") {
        "" => request.param("to").unwrap_or("/").to_owned(),
        to => to.to_owned(),
    };
    Page::new("Sign in", move || {
        view! {
            <div class="narrow">
                <h1>"Sign in"</h1>
                <p>"Reading needs no account. To add to a timeline, sign in."</p>
                {error_summary(&form)}
                <form method="post" action="/sign-in" class="form">
                    <input type="hidden" name="to" value=to/>
                    {Field::new(&form, "name", "Name").required().text("text", "username")}
                    {Field::new(&form, "password", "Password").required().text("password", "current-password")}
                    <div class="form-end"><button class="button button-main" type="submit">"Sign in"</button></div>
                </form>
            </div>
        }
        .into_any()
    })
}

/// `/setup/{token}`, the one-time address that the server prints when it has no account yet.
pub fn setup(request: &PageRequest) -> Page {
    let form = request.submission();
    let action = request.path.clone();
    Page::new("Set up Impasse", move || {
        view! {
            <div class="narrow">
                <h1>"Set up Impasse"</h1>
                <p>"Choose the name and password of this site’s owner. This address works once."</p>
                {error_summary(&form)}
                <form method="post" action=action class="form">
                    {Field::new(&form, "name", "Name")
                        .hint("Changes are recorded under this name, and readers see it in the history.")
                        .required()
                        .text("text", "username")}
                    {Field::new(&form, "password", "Password")
                        .hint("At least 12 characters; a few words are easier to keep than one odd one.")
                        .required()
                        .text("password", "new-password")}
                    <div class="form-end"><button class="button button-main" type="submit">"Create the account"</button></div>
                </form>
            </div>
        }
        .into_any()
    })
}
