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
