# Roles, invitations, accounts.

role-reads-the-dispute-also-while = Reads the dispute, also while it is private.
role-brings-articles-in-what-is = Brings articles in; what is found in them waits in the inbox.
role-decides-about-what-waits-in = Decides about what waits in the inbox.
role-changes-events-parties-positions-sources = Changes events, parties, positions, sources, feeds and links.
role-says-who-sees-the-dispute = Says who sees the dispute and who may do what in it; deletes it.
role-everybody-may-read-it-and = Everybody may read it, and it stands in the list of disputes.
role-everybody-who-knows-its-address = Everybody who knows its address may read it. The address gets an ending that cannot be guessed, nothing leads to it, and links that were made so far are taken back.
role-only-those-with-a-role = Only those with a role in it may read it. Its address gets an ending that cannot be guessed, and links that were made so far are taken back. An editor can hand on frozen views.
people-people = People: { $title }
people-nobody-has-a-role-here = Nobody has a role here yet; only who looks after the site may change anything.
people-not-taken-yet = Not taken yet
people-people-2 = People
people-who-may-do-what = Who may do what
people-invite-somebody = Invite somebody
people-you-get-a-link-to = You get a link to hand on. It gives the role to the first who takes it, with an account that they have or that they make there.
people-role = Role
people-for-whom = For whom
people-so-that-you-know-it = So that you know it again in the list.
people-for-how-many-days = For how many days
people-make-the-link = Make the link
people-who-may-read-it = Who may read it
people-readers-may-suggest-events-which = Readers may suggest events, which wait in the inbox
people-save = Save
people-you = { $name } (you)
people-role-of = Role of { $name }
people-change-the-role-of = Change the role of { $name }
people-change = Change
people-take-the-role-from = Take the role from { $name }
people-take-away = Take away
people-somebody = Somebody
people-take-back-the-invitation-for = Take back the invitation for { $whom }
people-take-back = Take back
people-what-the-roles-may-do = What the roles may do
people-each-may-do-what-those = Each may do what those before it may.
people-your-invitation = Your invitation
people-hand-this-link-on-to = Hand this link on to whoever shall be { $role ->
    [viewer] a viewer
    [contributor] a contributor
    [reviewer] a reviewer
    [editor] an editor
   *[owner] an owner
    } here. It works once and is not shown again.
people-link = Link
people-to-the-people = To the people
people-invitation = Invitation
people-join-as = Join as { $name }
people-you-are-invited = You are invited
people-make-the-account-and-join = Make the account and join
people-invites-you = { $by } invites you to be { $role ->
    [viewer] a viewer
    [contributor] a contributor
    [reviewer] a reviewer
    [editor] an editor
   *[owner] an owner
    } of the dispute <title>{ $title }</title>. { $purpose }
people-since = since <at/>
people-invited-as = as { $role ->
    [viewer] viewer
    [contributor] contributor
    [reviewer] reviewer
    [editor] editor
   *[owner] owner
    }, invited by { $by }; open until <at/>
people-open-until = Open until <at/>
people-have-account = You have an account? <a>Sign in first</a>. Otherwise make one:
account-sign-in-with-a-passkey = Sign in with a passkey
account-sign-in = Sign in
account-reading-needs-no-account-to = Reading needs no account. To add to a timeline, sign in.
account-name = Name
account-password = Password
account-set-up-impasse = Set up Impasse
account-choose-the-name-and-password = Choose the name and password of the account that looks after this site. This address works once.
account-create-the-account = Create the account
account-changes-are-recorded-under-this = Changes are recorded under this name, and readers see it in the history.
account-at-least-12-characters-a = At least 12 characters; a few words are easier to keep than one odd one.
account-your-password-was-changed-and = Your password was changed, and you were signed out everywhere else.
account-your-password-was-removed-and = Your password was removed, and you were signed out everywhere else.
account-a-passkey-was-added-you = A passkey was added. You can sign in with it from now on.
account-the-passkey-has-another-name = The passkey has another name.
account-a-passkey-was-removed-and = A passkey was removed, and you were signed out everywhere else.
account-the-account-elsewhere-was-linked = The account elsewhere was linked. You can sign in with it from now on.
account-the-link-was-removed-and = The link was removed, and you were signed out everywhere else.
account-you-can-change-how-you = You can change how you sign in for a quarter of an hour.
account-you-were-signed-out-everywhere = You were signed out everywhere else.
account-your-account = Your account
account-your-tokens = Your tokens
account-may = May
account-made = Made
account-ends = Ends
account-last-used = Last used
account-revoke = Revoke
account-where-you-are-signed-in = Where you are signed in
account-tokens = Tokens
account-make-a-token = Make a token
account-where-it-is-used-such = Where it is used, such as a program or a machine.
account-what-it-may-do = What it may do
account-each-includes-those-before-it = Each includes those before it.
account-days-until-it-ends = Days until it ends
account-without-a-number-it-never = Without a number it never does.
account-make-the-token = Make the token
account-your-password = Your password
account-confirm = Confirm
account-confirm-with-a-passkey = Confirm with a passkey
account-confirm-2 = Confirm: { $label }
account-confirm-that-it-is-you = Confirm that it is you
account-you-signed-in-a-while = You signed in a while ago. Before you change how you sign in, confirm that it is you.
account-new-password = New password
account-set-a-password = Set a password
account-you-have-none-you-sign = You have none: you sign in without.
account-without-a-password-nobody-can = Without a password, nobody can guess it or get it out of you; you sign in by the other ways alone.
account-remove-the-password = Remove the password
account-present-password = Present password
account-change-the-password = Change the password
account-what-you-know-it-by = What you know it by, such as the device that it is on.
account-add-a-passkey = Add a passkey
account-adding-a-passkey-needs-javascript = Adding a passkey needs JavaScript.
account-passkeys = Passkeys
account-a-passkey-signs-you-in = A passkey signs you in by what opens your device: a fingerprint, a face or a PIN. There is nothing to type, and nothing that another site could get out of you.
account-it-was-made-for-and = It was made for { $host } and does not work here.
account-remove = Remove { $name }
account-remove-2 = Remove
account-rename = Rename { $name }
account-rename-2 = Rename
account-nobody-is-signed-in-through = Nobody is signed in through there now.
account-remove-the-link-to = Remove the link to { $label }
account-remove-the-link = Remove the link
account-link-an-account = Link an account
account-accounts-elsewhere = Accounts elsewhere
account-an-account-with-the-provider = An account with the provider of this site signs you in here once it is linked. It is known by nothing that could pass to somebody else, such as an address.
account-a-browser-that-does-not = A browser that does not say which
account-sign-out-everywhere-else = Sign out everywhere else
account-revoke-2 = Revoke { $name }
account-your-new-token = Your new token
account-copy-it-now-it-is = Copy it now: it is not kept and cannot be shown again.
account-to-your-tokens = To your tokens
account-a-token-lets-a-program = A token lets a program act in your name through <api>the API</api>. Give each program its own, with no more than it needs.
account-added = Added <made/>, not used yet
account-added-and-used = Added <made/>, last used <used/>
account-linked = Linked <made/>, not used yet
account-linked-and-used = Linked <made/>, last used <used/>
account-since-until = Since <since/>, until <until/>
account-identity-at = { $label } at { $issuer }
account-never = never
account-has-ended = has ended
passkey-asked = Follow what your browser asks.
passkey-not-allowed = Nothing was done: it was cancelled, or took too long.
passkey-aborted = Nothing was done: it was cancelled.
passkey-had-already = This device has a passkey for your account already.
passkey-not-supported = This device can keep no passkey that this site takes.
passkey-not-verified = This device can keep no passkey that is opened by a fingerprint, a face or a PIN.
passkey-other-address = Passkeys cannot be used at this address.
passkey-unanswered = The server did not answer. Try again.
passkey-signed-out = You are signed out. Load this page again to sign in.
passkey-failed = That did not work. Try again.
