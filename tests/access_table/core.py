"""Getting in, the first set-up, and search."""

from tests.access_walk import Row

# fmt: off
TABLE = [
    Row("home", "302", "405", stranger="login 405"),
    Row("account_login", "302", "302", stranger="200 200"),
    Row("account_logout", "200", "login"),
    Row("account_inactive", "200", "405", stranger="200 405"),
    Row("account_reauthenticate", "200", "200"),
    Row("account_change_password", "200", "200"),
    Row("account_reset_password", "200", "200", stranger="200 200"),
    Row("account_reset_password_done", "200", "405", stranger="200 405"),
    Row("account_reset_password_from_key", "200", "200", lambda w: ["x", "y-z"], stranger="200 200"),
    Row("account_reset_password_from_key_done", "200", "405", stranger="200 405"),
    Row("account_signup", "404", "404"),
    Row("account_email", "404", "404"),
    Row("account_email_verification_sent", "404", "404"),
    Row("account_confirm_email", "404", "404", lambda w: ["abc"]),
    Row("account_set_password", "404", "404"),
    Row("account_confirm_login_code", "404", "404"),
    Row("healthz", "200", "405", stranger="200 405"),
    Row("invitation", "409", "409", lambda w: ["not-a-secret"], stranger="409 409"),
    Row("setup", "404", "404", stranger="404 404"),
    Row("setup-done", "200 403 403 403 403 403 403 403", "405"),
    Row("search", "200", "405"),
]
# fmt: on
