"""Watching: what `serve` rebuilds for, where a watch of MkDocs' own would end."""

import time
from pathlib import Path
from threading import Thread

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from watchdog.events import DirDeletedEvent, FileModifiedEvent, FileSystemEvent, FileSystemEventHandler
from watchdog.observers.api import ObservedWatch

POLLING = 0.5
"""Seconds between two looks for a folder that is not there, as MkDocs waits between two looks at one that is."""


class BriefingsWatch(FileSystemEventHandler):
    """Rebuilds on every change of a folder that may be moved away and back, with which a watch of MkDocs' would end."""

    def __init__(self, folder: Path, config: MkDocsConfig, server: LiveReloadServer) -> None:
        self.folder = folder
        self.configuration = config.config_file_path
        self.observer = server.observer

    def begin(self) -> None:
        """Watch the folder, as soon as it is there."""
        if self.folder.is_dir():
            self.observer.schedule(self, self.folder, recursive=True)
        else:
            Thread(target=self._begin_late, daemon=True).start()

    def on_any_event(self, event: FileSystemEvent) -> None:
        gone = isinstance(event, DirDeletedEvent) and event.src_path == str(self.folder)
        if gone:
            self.observer.unschedule(ObservedWatch(self.folder, recursive=True))
            self.begin()
        if gone or not event.is_directory:
            self._rebuild()

    def _begin_late(self) -> None:
        while not self.folder.is_dir():
            time.sleep(POLLING)
        self.begin()
        self._rebuild()

    def _rebuild(self) -> None:
        """Say that the configuration has changed, for which MkDocs has a watch that lasts."""
        watch = ObservedWatch(self.configuration, recursive=True)
        self.observer.event_queue.put((FileModifiedEvent(self.configuration), watch))
