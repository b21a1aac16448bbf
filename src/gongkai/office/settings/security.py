"""Security settings that hold in every installation; `base` imports them all. What needs https stands in `production`."""

from __future__ import annotations

from datetime import timedelta

# Sessions: half an hour without a request ends one (GB/T 22239 asks for an end of idle connections).
SESSION_COOKIE_AGE = 30 * 60
"""Seconds without a request after which staff must sign in again."""

SESSION_SAVE_EVERY_REQUEST = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "gongkai.office.portal.views.failures.csrf_failure"
"""Says why in Chinese, and keeps what was typed into a public form."""


# Signing in: five failures of one account from one address stop it there for a quarter of an hour. The pair is counted, not
# the account alone, so that nobody can lock a colleague out from elsewhere, nor one mistyping clerk a whole office.
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "gongkai.office.admin_site.account.address"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_CALLABLE = "gongkai.office.admin_site.account.locked_out"
AXES_HTTP_RESPONSE_CODE = 429
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_DISABLE_ACCESS_LOG = False
AXES_ENABLE_ACCESS_FAILURE_LOG = True
"""Every sign-in, sign-out and failure is kept with time and address: tables AccessLog and AccessFailureLog of axes."""

AXES_ACCESS_FAILURE_LOG_PER_USER_LIMIT = 1_000_000
"""Failures of one account that are kept; the library drops the oldest beyond that and knows no “all”."""

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "gongkai.office.admin_site.passwords.KindsOfCharacters", "OPTIONS": {"at_least": 2}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# What a browser may do with our pages.
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

GONGKAI_PUBLIC_POLICY = {
    "default-src": ("'none'",),
    "script-src": ("'self'",),
    "style-src": ("'self'",),
    "img-src": ("'self'",),
    "font-src": ("'self'",),
    "connect-src": ("'self'",),
    "form-action": ("'self'",),
    "frame-ancestors": ("'none'",),
    "base-uri": ("'none'",),
}
"""Content-Security-Policy of public pages: nothing from elsewhere, no script or style inside a page."""

GONGKAI_STAFF_POLICY = GONGKAI_PUBLIC_POLICY
"""Content-Security-Policy of the back office."""

GONGKAI_FORBIDDEN_FEATURES = (
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
)
"""Permissions-Policy: what no page of ours asks a browser for."""

# Wagtail: nothing is asked of, or loaded from, another host.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILADMIN_USER_LOGIN_FORM = "gongkai.office.admin_site.account.SignInForm"
