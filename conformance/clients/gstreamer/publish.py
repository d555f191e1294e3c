"""Publishes a tone and a loop of raw pictures by WHIP: `publish.py --help`."""

import argparse
import sys
import threading

from peer import Gst, GstWebRTC, Peer

PIPELINE = """
webrtcbin name=peer bundle-policy=max-bundle
appsrc name=camera is-live=true format=time block=true max-buffers=2
  caps=video/x-raw,format=I420,width={width},height={height},framerate={fps}/1
  ! clocksync
  ! openh264enc bitrate=1500000 gop-size={fps} complexity=low
  ! rtph264pay pt=96 config-interval=-1 aggregate-mode=zero-latency ! queue
  ! application/x-rtp,media=video,encoding-name=H264,payload=96
  ! peer.
audiotestsrc is-live=true wave=sine freq={frequency} volume={volume} samplesperbuffer=960
  ! audio/x-raw,format=S16LE,rate=48000,channels=1
  ! opusenc bitrate=64000 frame-size=20
  ! rtpopuspay pt=97 ! queue
  ! application/x-rtp,media=audio,encoding-name=OPUS,payload=97
  ! peer.
"""


def show_pictures(camera, pictures, bytes_each, fps):
    """Hands over one picture after the other, from the first again after the last; the pipeline sets the pace."""
    duration = Gst.SECOND // fps
    number = 0
    while True:
        at = number * bytes_each % len(pictures)
        buffer = Gst.Buffer.new_wrapped(pictures[at : at + bytes_each])
        buffer.pts = number * duration
        buffer.duration = duration
        if camera.emit("push-buffer", buffer) != Gst.FlowReturn.OK:
            return
        number += 1


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", required=True, help="the WHIP endpoint")
    parser.add_argument("--frequency", type=float, required=True, help="of the tone, in Hz")
    parser.add_argument("--volume", type=float, required=True, help="its amplitude, 1 is full scale")
    parser.add_argument("--pictures", required=True, help="file of I420 pictures, one after the other")
    parser.add_argument("--width", type=int, required=True)
    parser.add_argument("--height", type=int, required=True)
    parser.add_argument("--fps", type=int, required=True)
    parser.add_argument("--trickle", action="store_true", help="offer at once, candidates follow by PATCH")
    options = parser.parse_args()

    pipeline = Gst.parse_launch(PIPELINE.format(**vars(options)))
    peer = Peer(pipeline, options.url, options.trickle)
    for index in range(2):
        transceiver = peer.webrtc.emit("get-transceiver", index)
        transceiver.set_property("direction", GstWebRTC.WebRTCRTPTransceiverDirection.SENDONLY)
    with open(options.pictures, "rb") as file:
        pictures = file.read()
    bytes_each = options.width * options.height * 3 // 2
    camera = pipeline.get_by_name("camera")
    threading.Thread(target=show_pictures, args=(camera, pictures, bytes_each, options.fps), daemon=True).start()
    return peer.run()


if __name__ == "__main__":
    sys.exit(main())
