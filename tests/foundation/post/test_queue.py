"""What a killed worker left is done by another; the queue empties itself."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from escale.foundation.post import actions, queue, tasks, verify
from escale.foundation.post.models import Mail


def write(at):
    return actions.write(
        "a@exemple.fr", "people/confirm_email", {"link": "https://e.fr", "minutes": 15, "name": "Zoé"}, at=at
    )


@pytest.fixture
def folder(tmp_path, settings):
    settings.MAILERS = {
        "default": {"BACKEND": "escale.foundation.post.folder.FolderBackend", "OPTIONS": {"folder": str(tmp_path)}}
    }
    return tmp_path


@pytest.mark.django_db
def test_a_task_left_running_is_queued_again(at):
    write(at)
    DBTaskResult.objects.update(status="RUNNING", started_at=timezone.now() - timedelta(minutes=14))
    assert queue.recover(real=timezone.now()) == 0
    DBTaskResult.objects.update(started_at=timezone.now() - timedelta(minutes=15))
    assert (queue.recover(real=timezone.now()), queue.waiting()) == (1, 1)


@pytest.mark.django_db
def test_the_task_sends_and_a_failed_one_comes_back_later(at, folder, settings, monkeypatch):
    monkeypatch.setattr("escale.foundation.post.tasks.now", lambda: at)
    mail, working = write(at), settings.MAILERS
    settings.MAILERS = {"default": {"BACKEND": working["default"]["BACKEND"], "OPTIONS": {"folder": "/dev/null/x"}}}
    DBTaskResult.objects.all().delete()
    tasks.deliver.call(mail.pk)
    again = DBTaskResult.objects.get()
    assert timedelta(0) < again.run_after - timezone.now() <= timedelta(minutes=1)
    settings.MAILERS = working
    Mail.objects.update(next_try_at=at)
    tasks.deliver.call(mail.pk)
    tasks.deliver.call(mail.pk)
    assert len(list(folder.glob("*.eml"))) == 1
    assert DBTaskResult.objects.count() == 1


@pytest.mark.django_db
def test_the_outbox_says_what_is_late_and_given_up(at):
    mail = write(at)
    assert verify.outbox(at=at + timedelta(minutes=29)).late == 0
    assert verify.outbox(at=at + timedelta(minutes=30)).late == 1
    Mail.objects.filter(pk=mail.pk).update(status="failed", last_problem="550 no")
    found = verify.outbox(at=at + timedelta(hours=1))
    assert (found.late, found.failed, found.last_problem) == (0, 1, "550 no")
