"""A GStreamer webrtcbin that speaks WHIP (RFC 9725) or WHEP, for publish.py and play.py.

What happens is told on standard output, a JSON object a line: `created`, `patched`, `state`, `deleted`, `refused`,
`error`. The line `delete` on standard input ends the session by DELETE, the end of standard input ends the process.
"""

import json
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstSdp", "1.0")
gi.require_version("GstWebRTC", "1.0")
from gi.repository import GLib, Gst, GstSdp, GstWebRTC  # noqa: E402

Gst.init(None)

HTTP_TIMEOUT_SECONDS = 10


def tell(event, **facts):
    """Writes one event. Callbacks come from several threads, so a line is written at once."""
    sys.stdout.write(json.dumps({"event": event, **facts}) + "\n")
    sys.stdout.flush()


def request(method, url, body=None, headers=None):
    """Sends a request and returns status, headers and body, whatever the status is; 0 where nobody answers."""
    call = urllib.request.Request(url, method=method, headers=headers or {}, data=body and body.encode())
    try:
        with urllib.request.urlopen(call, timeout=HTTP_TIMEOUT_SECONDS) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as answer:
        return answer.code, answer.headers, answer.read().decode(errors="replace")
    except OSError as problem:
        return 0, {}, str(problem)


class Peer:
    """One session: offers what `pipeline` has at its webrtcbin called `peer`, and runs until it is told to stop."""

    def __init__(self, pipeline, url, trickle=False):
        self.pipeline = pipeline
        self.webrtc = pipeline.get_by_name("peer")
        self.url = url
        self.trickle = trickle
        self.loop = GLib.MainLoop()
        self.failed = False
        self._lock = threading.Lock()
        self._offer = None
        self._location = None
        self._etag = None
        self._candidates = []
        self.webrtc.connect("on-negotiation-needed", self._on_negotiation_needed)
        self.webrtc.connect("on-ice-candidate", self._on_candidate)
        self.webrtc.connect("notify::ice-gathering-state", self._on_gathering)
        self.webrtc.connect("notify::connection-state", self._on_state)

    def run(self):
        """Returns the exit code."""
        bus = self.pipeline.get_bus()
        bus.add_signal_watch()
        bus.connect("message::error", self._on_error)
        threading.Thread(target=self._read_commands, daemon=True).start()
        self.pipeline.set_state(Gst.State.PLAYING)
        self.loop.run()
        self.pipeline.set_state(Gst.State.NULL)
        return 1 if self.failed else 0

    def fail(self, event, **facts):
        tell(event, **facts)
        self.failed = True
        self.loop.quit()

    def _on_negotiation_needed(self, _webrtc):
        promise = Gst.Promise.new_with_change_func(self._on_offer, None)
        self.webrtc.emit("create-offer", None, promise)

    def _on_offer(self, promise, _data):
        if self._offer is not None:
            return
        promise.wait()
        # The reply owns the offer: it is kept until the offer is used no more.
        reply = promise.get_reply()
        offer = reply["offer"]
        self._offer = offer.sdp.as_text()
        self.webrtc.emit("set-local-description", offer, Gst.Promise.new())
        if self.trickle:
            # Without a candidate: all of them follow by PATCH.
            GLib.idle_add(self._exchange, self._offer)

    def _on_gathering(self, *_):
        complete = GstWebRTC.WebRTCICEGatheringState.COMPLETE
        if self.webrtc.get_property("ice-gathering-state") == complete and not self.trickle:
            GLib.idle_add(self._exchange, self.webrtc.get_property("local-description").sdp.as_text())

    def _exchange(self, offer):
        headers = {"Content-Type": "application/sdp"}
        status, answer_headers, body = request("POST", self.url, offer, headers)
        if status != 201:
            self.fail("refused", status=status, body=body)
            return
        self._location = urllib.parse.urljoin(self.url, answer_headers["Location"])
        self._etag = answer_headers["ETag"]
        tell("created", location=self._location, offer=offer, answer=body)
        _, sdp = GstSdp.SDPMessage.new_from_text(body)
        answer = GstWebRTC.WebRTCSessionDescription.new(GstWebRTC.WebRTCSDPType.ANSWER, sdp)
        self.webrtc.emit("set-remote-description", answer, Gst.Promise.new())
        if self.trickle:
            self._send_candidates()

    def _on_candidate(self, _webrtc, _line, candidate):
        with self._lock:
            self._candidates.append(candidate)
        if self.trickle:
            GLib.idle_add(self._send_candidates)

    def _send_candidates(self):
        with self._lock:
            if self._location is None or not self._candidates:
                return
            candidates, self._candidates = self._candidates, []
        status, headers, body = request(
            "PATCH",
            self._location,
            self._fragment(candidates),
            {"Content-Type": "application/trickle-ice-sdpfrag", "If-Match": self._etag},
        )
        tell("patched", status=status, candidates=len(candidates), etag=headers.get("ETag"), body=body)

    def _fragment(self, candidates):
        """All candidates belong to the bundle's first section (RFC 9725 section 4.3.1)."""
        _, section, *_ = self._offer.split("\r\nm=")
        media, *attributes = section.splitlines()
        wanted = ("a=mid:", "a=ice-ufrag:", "a=ice-pwd:")
        lines = ["m=" + media, *(line for line in attributes if line.startswith(wanted))]
        return "".join(f"{line}\r\n" for line in [*lines, *(f"a={candidate}" for candidate in candidates)])

    def _on_state(self, *_):
        tell("state", state=self.webrtc.get_property("connection-state").value_nick)

    def _on_error(self, _bus, message):
        error, details = message.parse_error()
        self.fail("error", message=error.message, details=details)

    def _read_commands(self):
        for line in sys.stdin:
            if line.strip() == "delete":
                GLib.idle_add(self._delete)
        GLib.idle_add(self.loop.quit)

    def _delete(self):
        if self._location is not None:
            status, _, _ = request("DELETE", self._location)
            tell("deleted", status=status)
