"""The page in a real browser: what a desk does with it, from the article to the repaired file.

Needs Debian's ``chromium`` and ``chromium-driver`` and selenium; skipped where one is missing.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mtrepair.cli.main import main

pytestmark = pytest.mark.slow
selenium = pytest.importorskip("selenium", reason="selenium is not installed")
CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
if CHROMIUM is None or DRIVER is None:
    pytest.skip("no chromium: apt-get install chromium chromium-driver", allow_module_level=True)

ARTICLE = """\
Le plan de relance de relance a été présenté mardi .

Il a dit que que tout va bien, et <img src=x onerror="document.title='pwned'"> et que que c'est sûr.
<script>document.title = "pwned"</script> Le le chat \u202eest là\u202c.
"""
REPAIRED = ARTICLE.replace("de relance de relance", "de relance").replace("mardi .", "mardi.")
ARGS = ["--no-config", "--select", "repetition,typography"]


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    from selenium import webdriver

    folder = tmp_path_factory.mktemp("chromium")
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM or ""
    for argument in (
        "--headless=new",
        "--no-sandbox",  # the tests may run as root in a container
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--window-size=1400,900",
        f"--user-data-dir={folder / 'profile'}",
    ):
        options.add_argument(argument)
    options.add_experimental_option("prefs", {"download.default_directory": str(folder)})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    driver.downloads = folder
    yield driver
    driver.quit()


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, "utf-8")
    return path


@pytest.fixture
def opened(browser: Any, article: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """The browser with the page of the article; anything it complains about fails the test."""
    assert main(["check", *ARGS, "--format", "html", str(article)]) == 1
    page = article.with_suffix(".page.html")
    page.write_text(capsys.readouterr().out, "utf-8")
    browser.get(page.as_uri())
    browser.execute_script("localStorage.clear()")
    browser.get(page.as_uri())
    yield browser
    assert [e for e in browser.get_log("browser") if e["level"] in ("SEVERE", "WARNING")] == []


def one(browser: Any, selector: str) -> Any:
    return browser.find_element("css selector", selector)


def every(browser: Any, selector: str) -> list[Any]:
    return list(browser.find_elements("css selector", selector))


def press(browser: Any, *keys: str) -> None:
    for key in keys:
        browser.switch_to.active_element.send_keys(key)


def downloaded(browser: Any) -> Path:
    path = browser.downloads / "decisions.json"
    for _ in range(100):
        if path.exists() and path.stat().st_size:
            return path.rename(browser.downloads / f"{time.monotonic_ns()}.json")
        time.sleep(0.05)
    raise AssertionError("nothing was downloaded")


def test_nothing_in_the_article_runs(opened: Any) -> None:
    assert opened.title.endswith("article.txt – mtrepair")
    assert every(opened, "main img, main script, main svg") == []
    assert 'onerror="document.title' in one(opened, ".article").text
    assert (
        opened.execute_script("return performance.getEntriesByType('resource').length") == 0
    )  # nothing was fetched


def test_an_inline_script_that_slipped_in_would_not_run(opened: Any) -> None:
    opened.execute_script(
        "const s = document.createElement('script'); s.textContent = 'document.title = \"pwned\"';"
        "document.body.append(s);"
    )
    assert "pwned" not in opened.title
    logged = [entry["message"] for entry in opened.get_log("browser")]
    assert any("Content Security Policy" in message for message in logged)


def test_a_desk_decides_by_keyboard_and_the_file_is_repaired(opened: Any, article: Path) -> None:
    assert one(opened, "#state").text == "5 findings, 5 to decide"
    press(opened, "j")
    panel = one(opened, "#panel")
    assert panel.is_displayed()
    assert "doubled-phrase" in panel.text and "from rule" in panel.text
    before, after = (side.text for side in every(opened, ".sides p"))
    assert "de relance de relance" in before
    assert "Le plan de relance a été présenté" in after
    press(opened, "a", "j", "a", "j", "r")
    assert one(opened, "#state").text == "5 findings, 2 to decide"
    assert len(every(opened, "mark.accepted")) == 2
    assert len(every(opened, "mark.rejected")) == 1
    press(opened, "d")
    path = downloaded(opened)
    assert [d["decision"] for d in json.loads(path.read_text())["files"][0]["decisions"]] == [
        "accept",
        "accept",
        "reject",
    ]
    main(["fix", *ARGS, "--decisions", str(path), "--write", str(article)])
    assert article.read_text("utf-8") == REPAIRED
    assert main(["fix", *ARGS, "--decisions", str(path), str(article)]) == 2


def test_a_click_opens_a_finding_and_buttons_decide(opened: Any) -> None:
    mark = every(opened, "mark")[2]
    mark.click()
    assert "current" in mark.get_attribute("class")
    one(opened, "#decide-accepted").click()
    assert "accepted" in mark.get_attribute("class")
    one(opened, "#decide-open").click()
    assert "accepted" not in mark.get_attribute("class")
    press(opened, "\ue00c")  # Escape
    assert not one(opened, "#panel").is_displayed()


def test_decisions_outlive_a_reload(opened: Any) -> None:
    press(opened, "j", "a", "j", "r")
    opened.refresh()
    assert one(opened, "#state").text == "5 findings, 3 to decide"
    assert len(every(opened, "mark.accepted")) == 1


def test_filters_hide_findings_from_the_eye_and_the_keys(opened: Any) -> None:
    one(opened, '[data-filter="severity:major"]').click()
    assert "4 hidden by filters" in one(opened, "#state").text
    assert len(every(opened, "mark.off")) == 4
    press(opened, "j")
    assert "space-before-period" in one(opened, "#panel").text
    press(opened, "j")  # there is no other
    assert "space-before-period" in one(opened, "#panel").text
    one(opened, '[data-filter="rule:space-before-period"]').click()
    assert not one(opened, "#panel").is_displayed()


def test_all_safe_ones_at_once_and_side_by_side(opened: Any) -> None:
    one(opened, "#accept-safe").click()
    assert one(opened, "#state").text == "5 findings, 0 to decide"
    one(opened, "#compare").click()
    results = [cell.text.replace("⌫", "") for cell in every(opened, ".result")]
    assert results[0] == "Le plan de relance a été présenté mardi."
    assert results[1].startswith("Il a dit que tout va bien, et <img")
    left, right = every(opened, ".row")[0].find_elements("css selector", ".text")
    assert left.location["x"] < right.location["x"] and left.location["y"] == right.location["y"]
    one(opened, "#compare").click()
    assert every(opened, ".result") == []


def luminance(browser: Any, selector: str) -> float:
    colour = browser.execute_script(
        "return getComputedStyle(document.querySelector(arguments[0])).backgroundColor", selector
    )
    return sum(float(part) for part in colour[4:-1].split(",")) / 3


def test_light_and_dark(opened: Any) -> None:
    for scheme, dark in (("light", False), ("dark", True)):
        feature = {"name": "prefers-color-scheme", "value": scheme}
        opened.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})
        assert (luminance(opened, "body") < 100) is dark
        one(opened, "#theme").click()
        assert (luminance(opened, "body") < 100) is not dark
        opened.execute_script("delete document.documentElement.dataset.theme")
    opened.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def test_on_paper_the_findings_are_a_list(opened: Any) -> None:
    press(opened, "j")
    assert not one(opened, "#notes").is_displayed()
    opened.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert one(opened, "#notes").is_displayed()
        assert len(every(opened, "#notes li")) == 5
        for selector in ("#filters", "#panel", "#buttons"):
            assert not one(opened, selector).is_displayed()
    finally:
        opened.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_a_narrow_window_scrolls_only_downwards_and_shows_what_is_judged(opened: Any) -> None:
    opened.set_window_size(500, 800)
    try:
        press(opened, "j")
        wide = opened.execute_script("return document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0
        for _ in range(5):
            top, bottom, panel = opened.execute_script(
                "const box = (s) => document.querySelector(s).getBoundingClientRect();"
                "const mark = box('mark.current');"
                "return [mark.top, mark.bottom, box('#panel').top];"
            )
            assert 0 <= top < bottom <= panel
            press(opened, "j")
    finally:
        opened.set_window_size(1400, 900)


def test_a_space_can_be_seen_and_clicked(opened: Any) -> None:
    (blank,) = every(opened, "mark.blank")
    assert blank.size["width"] >= 8
    blank.click()
    assert "space-before-period" in one(opened, "#panel").text


def test_a_desk_reads_words_it_knows(opened: Any) -> None:
    press(opened, "j")
    text = one(opened, "#panel").text
    assert "safe, from rule" in text
    assert "display" not in text
