"""Plays by WHEP and keeps what comes: sound as one file of samples, pictures as files of their own.

`sound.pcm` is 48 kHz mono, 16 bit, little endian; `picture-*.i420` are some of the pictures, the last few only.
Each picture that is complete is told of on standard output, `{"event": "picture", "file": …}`.
"""

import argparse
import os
import sys

from peer import Gst, GstWebRTC, Peer, tell

SOUND = """
rtpopusdepay ! opusdec ! audioconvert ! audioresample ! audio/x-raw,format=S16LE,rate=48000,channels=1
  ! filesink location="{directory}/sound.pcm" buffer-mode=unbuffered sync=false async=false
"""
PICTURE = """
rtph264depay ! h264parse ! openh264dec ! videorate drop-only=true ! video/x-raw,framerate=4/1
  ! videoconvert ! video/x-raw,format=I420
  ! multifilesink location="{directory}/picture-%05d.i420" max-files=8 post-messages=true sync=false async=false
"""
AUDIO_CAPS = "application/x-rtp,media=audio,encoding-name=OPUS,clock-rate=48000,encoding-params=(string)2,payload=97"
VIDEO_CAPS = (
    "application/x-rtp,media=video,encoding-name=H264,clock-rate=90000,payload=96,"
    "packetization-mode=(string)1,profile-level-id=(string)42e01f,rtcp-fb-nack-pli=true"
)


class Player:
    """Decodes each track as it comes."""

    def __init__(self, url, directory):
        self.directory = directory
        self.pipeline = Gst.Pipeline()
        self.pipeline.add(Gst.ElementFactory.make("webrtcbin", "peer"))
        self.pipeline.get_by_name("peer").set_property("bundle-policy", GstWebRTC.WebRTCBundlePolicy.MAX_BUNDLE)
        self.peer = Peer(self.pipeline, url)
        for caps in (VIDEO_CAPS, AUDIO_CAPS):
            self.peer.webrtc.emit(
                "add-transceiver",
                GstWebRTC.WebRTCRTPTransceiverDirection.RECVONLY,
                Gst.Caps.from_string(caps),
            )
        self.peer.webrtc.connect("pad-added", self._on_track)
        self.pipeline.get_bus().connect("message::element", self._on_element)

    def _on_track(self, _webrtc, pad):
        if pad.direction != Gst.PadDirection.SRC:
            return
        kind = pad.get_current_caps().get_structure(0).get_string("media")
        tell("track", kind=kind)
        text = SOUND if kind == "audio" else PICTURE
        branch = Gst.parse_bin_from_description(text.format(directory=self.directory), True)
        self.pipeline.add(branch)
        branch.sync_state_with_parent()
        pad.link(branch.get_static_pad("sink"))

    def _on_element(self, _bus, message):
        structure = message.get_structure()
        if structure.get_name() == "GstMultiFileSink":
            tell("picture", file=structure.get_string("filename"))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", required=True, help="the WHEP endpoint, with its choice of tracks")
    parser.add_argument("--directory", required=True, help="where files are written")
    options = parser.parse_args()
    os.makedirs(options.directory, exist_ok=True)
    return Player(options.url, options.directory).peer.run()


if __name__ == "__main__":
    sys.exit(main())
