//! Passkeys, with a device that the browser has for tests.

use impasse_tests::{OWNER, PASSWORD};
use serde_json::Value;

use crate::driver::{Browser, browse, browse_with};

/// What the part of a form that screen readers are told of says.
async fn said(browser: &Browser, words: &str) {
    browser
        .until(&format!("[...document.querySelectorAll('form[data-passkey] [role=status]')].some((it) => it.textContent.includes('{words}'))"))
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_is_added_signs_in_and_is_removed() {
    // Passkeys are for names, not for addresses by numbers, as the server's other pages of the tests have.
    browse_with(&["--public-url", "http://localhost:{port}"], |browser| async move {
        let site = format!("http://localhost:{}", browser.server().address().port());
        browser.allow(&site);
        let server = browser.clone();
        tokio::task::spawn_blocking(move || drop(server.server().owner())).await.expect("the owner");

        browser.open_link(&format!("{site}/sign-in?to=/account")).await;
        browser.fill("Name", OWNER).await;
        browser.fill("Password", PASSWORD).await;
        browser.click("form[action='/sign-in'] button").await;
        browser.until("location.pathname === '/account'").await;

        browser.plug_in_a_device().await;
        browser.until("!document.querySelector('form[data-passkey=add]').hidden").await;
        assert_eq!(browser.faults().await, Vec::<Value>::new());
        browser.type_into("#passkey", "This laptop").await;
        browser.click_on("Add a passkey").await;
        browser.until("location.search === '?changed=passkey'").await;
        let list = "document.querySelector('#passkeys').textContent";
        assert!(browser.words(list).await.contains("This laptop"), "{}", browser.words(list).await);
        assert_eq!(browser.faults().await, Vec::<Value>::new());

        // The same device once more.
        browser.type_into("#passkey", "Again").await;
        browser.click_on("Add a passkey").await;
        said(&browser, "a passkey for your account already").await;
        assert_eq!(browser.value("document.querySelectorAll('#passkeys li').length").await, 1);

        browser.click_on("Sign out").await;
        browser.until("location.pathname === '/'").await;
        browser.open_link(&format!("{site}/sign-in?to=/account")).await;
        browser.until("!document.querySelector('form[data-passkey]').hidden").await;
        assert_eq!(browser.faults().await, Vec::<Value>::new());
        browser.click_on("Sign in with a passkey").await;
        browser.until("location.pathname === '/account'").await;
        assert!(browser.words(list).await.contains("last used"), "{}", browser.words(list).await);

        browser.click_on("Rename").await;
        browser.type_into("#passkeys input", "Old laptop").await;
        browser.click("#passkeys details button").await;
        browser.until("location.search === '?changed=passkey-name'").await;
        assert!(browser.words(list).await.contains("Old laptop"));
        browser.click_on("Remove the password").await;
        browser.until("location.search === '?changed=password-removed'").await;
        browser.expect_complaint("status of 422");
        browser.click("#passkeys form[action$=remove] button").await;
        browser
            .until("document.querySelector('[role=alert]')?.textContent.includes('only way to sign in')")
            .await;
        browser.type_into("#password", PASSWORD).await;
        browser.click_on("Set a password").await;
        browser.until("location.search === '?changed=password'").await;
        browser.click("#passkeys form[action$=remove] button").await;
        browser.until("location.search === '?changed=passkey-removed'").await;
        assert_eq!(browser.value("document.querySelector('#passkeys')").await, Value::Null);

        // The device still has it, and the server knows it no more.
        browser.click_on("Sign out").await;
        browser.until("location.pathname === '/'").await;
        browser.open_link(&format!("{site}/sign-in")).await;
        browser.click_on("Sign in with a passkey").await;
        said(&browser, "may have been removed").await;
        assert_eq!(browser.faults().await, Vec::<Value>::new());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_scripts_or_at_another_address_none_are_offered() {
    browse_with(&["--public-url", "http://localhost:{port}"], |browser| async move {
        const HIDDEN: &str = "document.querySelector('form[data-passkey]').hidden";
        browser.open("/sign-in").await;
        browser.until("document.readyState === 'complete'").await;
        assert_eq!(browser.value(HIDDEN).await, true, "this is 127.0.0.1");
    })
    .await;
    browse(|browser| async move {
        browser.open("/sign-in").await;
        assert_eq!(browser.value("document.querySelector('form[data-passkey]')").await, Value::Null);
    })
    .await;
}
