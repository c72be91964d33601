"""Editors' accounts in the admin."""

from django.contrib.auth.models import Group, User


def test_pages_of_accounts_and_groups_answer(admin_client, admin_user):
    group = Group.objects.create(name="Redaktion")
    for url in (
        "/admin/auth/user/", "/admin/auth/user/add/", f"/admin/auth/user/{admin_user.pk}/change/",
        f"/admin/auth/user/{admin_user.pk}/password/", "/admin/auth/group/add/",
        f"/admin/auth/group/{group.pk}/change/", "/admin/password_change/",
    ):  # fmt: skip
        page = admin_client.get(url)
        assert page.status_code == 200, url
        assert b"selectfilter" not in page.content.lower(), url


def test_an_account_can_be_added_and_put_into_a_group(admin_client, db):
    group = Group.objects.create(name="Redaktion")
    password = "zwölf-Zeichen-und-mehr"
    new = {"username": "alex", "usable_password": "true", "password1": password, "password2": password}
    admin_client.post("/admin/auth/user/add/", new)
    user = User.objects.get(username="alex")
    page = f"/admin/auth/user/{user.pk}/change/"
    rows = {"memberships-TOTAL_FORMS": 0, "memberships-INITIAL_FORMS": 0}
    typed = {"username": "alex", "is_active": "on", "is_staff": "on", "groups": [group.pk]}
    admin_client.post(page, typed | rows)
    user.refresh_from_db()
    assert user.is_staff
    assert user.check_password(password)
    assert list(user.groups.all()) == [group]
