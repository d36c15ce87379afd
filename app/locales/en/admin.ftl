# The page of whoever looks after the site.

admin-this-site = This site
admin-backups = Backups
admin-jobs = Jobs
admin-feeds-that-cannot-be-read = Feeds that cannot be read
admin-disputes = Disputes ({ $count })
admin-title = Title
admin-who-may-read-it = Who may read it
admin-events = Events
admin-articles = Articles
admin-last-changed = Last changed
admin-accounts = Accounts ({ $count })
admin-name = Name
admin-since = Since
admin-roles-in-disputes = Roles in disputes
admin-signed-in = Signed in
admin-none-yet = None yet.
admin-version = Version
admin-database = Database
admin-size-on-the-disk = Size on the disk
admin-changes-recorded = Changes recorded
admin-there-is-none-yet = There is none yet.
admin-bytes = { $count } bytes
admin-there-was-nothing-to-do = There was nothing to do in the last two weeks.
admin-what = What
admin-waiting = Waiting
admin-running = Running
admin-done = Done
admin-given-up = Given up
admin-given-up-lately = Given up lately
admin-every-feed-was-read-the = Every feed was read the last time it was asked.
admin-in-browsers = { $count ->
    [one] in one browser
   *[other] in { $count } browsers
    }
admin-looks-after-the-site = Looks after the site
admin-accounts-are-made = Accounts are made by invitation, or with <code>impasse user add</code>. A lost password is set anew with <code>impasse user password</code>.
admin-no-backups = This server makes none by itself. Set <code>backup_dir</code>, or have <code>impasse backup</code> run each night.
admin-newest-backup = The newest is of <at/>, { $size }.
admin-backup-failed = The last try failed, <at/>: { $why }
admin-kilobytes = { $size } kB
admin-megabytes = { $size } MB
admin-gigabytes = { $size } GB
admin-terabytes = { $size } TB
admin-never-read-again = Never read; asked again <at/>
admin-last-read-again = Last read <read/>; asked again <at/>
admin-deleted = { $title } (deleted)
admin-signed-in-nowhere = nowhere
admin-feed-failed = <a>{ $title }</a>: failed { $failures ->
    [one] once
   *[other] { $failures } times
    }. { $why }
