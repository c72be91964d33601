import sys

from tools import checks


def python(code):
    return [sys.executable, "-c", code]


def test_one_failure_fails_the_run_and_hides_no_other(monkeypatch, capfd):
    some = [
        checks.Check("first", python("print('first is broken'); raise SystemExit(2)"), "mend it"),
        checks.Check("second", python("print('hidden')")),
        checks.Check("third", python("print('third is broken'); raise SystemExit(1)")),
    ]
    monkeypatch.setattr(checks, "CHECKS", some)
    assert checks.check({}) == 1
    told = capfd.readouterr().err
    assert "first is broken" in told
    assert "third is broken" in told
    assert "hidden" not in told
    assert "mend it" in told


def test_all_well_is_status_zero(monkeypatch, capfd):
    monkeypatch.setattr(checks, "CHECKS", [checks.Check("only", python("pass"))])
    assert checks.check({}) == 0
    assert "only" in capfd.readouterr().err


def test_the_deployment_is_checked_as_an_operator_would_run_it(monkeypatch):
    code = "import os; assert os.environ['SITE_URL'][:8] == 'https://' and len(os.environ['SECRET_KEY']) > 50"
    one = checks.Check("deployment", python(code), production=True)
    assert checks.run(one, {"SITE_URL": "http://127.0.0.1:8000"}).status == 0
