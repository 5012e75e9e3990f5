"""Watching: `serve` rebuilds as soon as a briefing changes, also where their folder is moved away and back."""

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from watchdog.events import FileModifiedEvent, FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import ObservedWatch

CHANGES = ("created", "modified", "deleted", "moved")
"""Other events are brought about by reading."""


class BriefingsWatch(FileSystemEventHandler):
    """Watches a folder by what the system tells of it: MkDocs looks only twice a second, and no longer at a folder that
    was away."""

    edited = False
    """Whether anything has changed since somebody set this to False."""

    def __init__(self, folder: Path, config: MkDocsConfig, server: LiveReloadServer) -> None:
        self.folder = folder.absolute()
        self.configuration = config.config_file_path
        self.server = server
        self.observer = Observer()
        self.inside: ObservedWatch | None = None

    def begin(self) -> None:
        """Watch the folder, and the one around it, which knows whether it is there."""
        self.observer.daemon = True
        self.observer.start()
        self.observer.schedule(self, str(self.folder.parent))
        self._look_inside()

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type not in CHANGES:
            return
        paths = [Path(str(path)) for path in (event.src_path, event.dest_path) if path]
        if self.folder in paths and event.event_type != "modified":
            self._look_inside()
        elif event.is_directory or not any(self.folder in path.parents for path in paths):
            return
        self.edited = True
        self.rebuild()

    def rebuild(self) -> None:
        """Ask for it by saying that the configuration has changed, for which MkDocs has a watch that lasts."""
        watch = ObservedWatch(self.configuration, recursive=True)
        self.server.observer.event_queue.put((FileModifiedEvent(self.configuration), watch))

    def _look_inside(self) -> None:
        """Watch what is in the folder, as long as it is there."""
        if self.inside:
            self.observer.unschedule(self.inside)
            self.inside = None
        if self.folder.is_dir():
            self.inside = self.observer.schedule(self, str(self.folder), recursive=True)
