"""Firefox and Chromium as people have them: with a window, and with what a screen reader needs."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tests.reader.desktop import Desktop

PROGRAMS = {"firefox": "firefox-esr", "chromium": "chromium"}
# What would speak or ask by itself is off. Nothing that concerns pages is changed.
PREFERENCES: Mapping[str, object] = {
    "accessibility.force_disabled": -1,
    "app.normandy.enabled": False,
    "browser.aboutwelcome.enabled": False,
    "browser.newtab.preload": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "browser.urlbar.autoFill": False,
    "browser.urlbar.maxRichResults": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "permissions.default.persistent-storage": 1,
    "signon.rememberSignons": False,
    "termsofuse.bypassNotification": True,
}
FLAGS = (
    "--no-sandbox",  # the tests may run as root
    "--force-renderer-accessibility",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-features=Translate",
    "--password-store=basic",
)


def start(name: str, desktop: Desktop, address: str) -> subprocess.Popen[bytes]:
    """A new browser with a profile of its own, and one page in it."""
    profile = tempfile.mkdtemp(dir=desktop.folder)
    if name == "firefox":
        lines = [f"user_pref({json.dumps(key)}, {json.dumps(value)});" for key, value in PREFERENCES.items()]
        (Path(profile) / "user.js").write_text("\n".join(lines))
        return desktop.start(PROGRAMS[name], "--no-remote", "--profile", profile, address)
    return desktop.start(PROGRAMS[name], *FLAGS, f"--user-data-dir={profile}", address)
