import type { Statement } from './statement.ts';

/**
 * The documentation page taken apart: everything that it says of the server, in its order, each statement in
 * words of our own. A test holds that each one is measured by a clause or says why none can.
 */
export const pageStatements = [
  {
    id: 'page.intro.one-of-many',
    where: 'introduction',
    text: 'A dynamic mosaic makes one stream of several, with their sound and their picture mixed.',
  },
  {
    id: 'page.intro.chat',
    where: 'introduction',
    text: 'Chats by sound or picture between client devices are what it can be used for.',
    untestable: 'it names a use; what a chat needs of the server is stated point by point below it',
  },
  {
    id: 'page.intro.add-while-running',
    where: 'introduction',
    text: 'Programs can add participants, who are published streams, to a chat that is going on.',
  },
  {
    id: 'page.intro.remove-while-running',
    where: 'introduction',
    text: 'Programs can take participants out of a chat that is going on.',
  },
  {
    id: 'page.intro.h264',
    where: 'introduction',
    text: 'Participants send their picture as H.264.',
  },
  {
    id: 'page.intro.opus',
    where: 'introduction',
    text: 'Participants send their sound as Opus.',
  },
  {
    id: 'page.intro.webrtc-publish',
    where: 'introduction',
    text: 'Participants publish by WebRTC, as any stream of the server is published.',
  },
  {
    id: 'page.intro.webrtc-play',
    where: 'introduction',
    text: 'The mosaic is played by WebRTC, as any stream of the server is played.',
  },
  {
    id: 'page.intro.own-player',
    where: 'introduction',
    text: 'Flussonic’s own WebRTC player plays it.',
  },
  {
    id: 'page.mix.members-frames',
    where: 'introduction, on mixing',
    text: 'What is mixed is the sound, and the picture where there is one, that participants are sending.',
  },
  {
    id: 'page.mix.all',
    where: 'introduction, on mixing',
    text: 'There is a track for the audience, in which every participant is heard.',
  },
  {
    id: 'page.mix.all.name',
    where: 'introduction, on mixing',
    text: 'The track for the audience is called all.',
  },
  {
    id: 'page.mix.own.others',
    where: 'introduction, on mixing',
    text: 'A participant has a track of its own, in which all the others are heard.',
  },
  {
    id: 'page.mix.own.name',
    where: 'introduction, on mixing',
    text: 'The track of a participant is called after its stream.',
  },
  {
    id: 'page.mix.own.without-self',
    where: 'introduction, on mixing',
    text: 'In the track of a participant this participant is not heard.',
  },
  {
    id: 'page.grid.grid',
    where: 'introduction, on the picture',
    text: 'The participants’ pictures are shown in a grid.',
  },
  {
    id: 'page.grid.shared',
    where: 'introduction, on the picture',
    text: 'There is a single buffer for the grid, which all viewers share.',
  },
  {
    id: 'page.grid.size',
    where: 'introduction, on the picture',
    text: 'That buffer has a given size.',
  },
  {
    id: 'page.grid.h264',
    where: 'introduction, on the picture',
    text: 'The buffer is encoded as H.264.',
  },
  {
    id: 'page.grid.single-frame',
    where: 'introduction, on the picture',
    text: 'The whole grid arrives as one picture, not as one for each participant.',
  },
  {
    id: 'page.grid.settings-to-come',
    where: 'introduction, on later versions',
    text: 'Later versions shall let operators choose the size of the buffer and how the grid is laid out.',
    untestable:
      'a plan for other versions; today’s size and grid are recorded by video.canvas and video.grid.cells',
  },
  {
    id: 'page.setup.one-room',
    where: 'configuration and usage',
    text: 'A mosaic is one room: who is in another room takes no part in it.',
  },
  {
    id: 'page.setup.input',
    where: 'step 1',
    text: 'A stream whose input is mosaic2:// in the configuration file is a chat room.',
  },
  {
    id: 'page.setup.not-mosaic',
    where: 'step 1',
    text: 'mosaic:// without the 2 is another feature, made for IP cameras.',
    untestable: 'it is said of another feature, and configurations cannot be tried from outside',
  },
  {
    id: 'page.setup.disable-video',
    where: 'step 1, options',
    text: 'The option disable_video turns the participants’ picture off (true) or on (false).',
  },
  {
    id: 'page.setup.disable-video.gloss',
    where: 'step 1, options',
    text: 'The gloss of disable_video has it that the option shows the pictures, against its name.',
    untestable:
      'a slip: with true as default it would give 20.08, whose mosaic has sound only, a picture; what both values do is measured',
  },
  {
    id: 'page.setup.disable-video.default',
    where: 'step 1, options',
    text: 'Where disable_video is left out it is true.',
  },
  {
    id: 'page.setup.bitrate',
    where: 'step 1, options',
    text: 'The option bitrate sets the bit rate of the Opus encoder.',
  },
  {
    id: 'page.setup.samplerate',
    where: 'step 1, options',
    text: 'The option samplerate sets the sample rate of the Opus encoder.',
  },
  {
    id: 'page.setup.samples',
    where: 'step 1, options',
    text: 'The option samples sets how many samples a packet of Opus holds.',
  },
  {
    id: 'page.setup.defaults',
    where: 'step 1, options',
    text: 'Left out, bitrate is 64k, samplerate 48000 and samples 960.',
  },
  {
    id: 'page.setup.added-by-api',
    where: 'step 1',
    text: 'Participants’ streams need no entry in the configuration file: the API adds them.',
  },
  {
    id: 'page.manager.settings',
    where: 'step 2',
    text: 'What a mosaic is set to is set by calls of the API.',
  },
  {
    id: 'page.manager.call',
    where: 'step 2',
    text: 'The manager is called by POST at /flussonic/api/dynamic_mosaic/, with a JSON object of command and args.',
  },
  {
    id: 'page.manager.credentials',
    where: 'step 2',
    text: 'Calls carry a user and a password in their URL.',
  },
  {
    id: 'page.manager.add-room',
    where: 'step 2',
    text: 'add_room with a name makes a chat.',
  },
  {
    id: 'page.manager.add-room.opus',
    where: 'step 2',
    text: 'add_room takes bitrate, samplerate and samples after the name, each as a string: 64, 48000, 480.',
  },
  {
    id: 'page.manager.add-room.4800',
    where: 'step 2',
    text: 'The sentence above that call speaks of a samplerate of 4800, the call itself of 48000.',
    untestable: 'a misprint: Opus has no rate of 4800 (RFC 6716 §2), and the call is what is replayed',
  },
  {
    id: 'page.manager.stats',
    where: 'step 2',
    text: 'stats answers with statistics.',
  },
  {
    id: 'page.manager.remove-room',
    where: 'step 2',
    text: 'remove_room with a name deletes a chat.',
  },
  {
    id: 'page.manager.list-room',
    where: 'step 2',
    text: 'list_room lists the rooms.',
  },
  {
    id: 'page.manager.demo',
    where: 'step 2',
    text: 'A demo application that Flussonic ships uses these calls.',
    untestable: 'it is said of a program that ships with the server and is not to be had without it',
  },
  {
    id: 'page.room.join',
    where: 'step 3',
    text: 'Rooms have an API of their own, by which a client device joins the chat.',
  },
  {
    id: 'page.room.call',
    where: 'step 3',
    text: 'A room is called like the manager, with room after the last slash of the path.',
  },
  {
    id: 'page.room.publish-input',
    where: 'step 3',
    text: 'A join makes an ordinary stream for the device, with input publish://.',
  },
  {
    id: 'page.room.in-configuration',
    where: 'step 3',
    text: 'From the join on the server has that stream among those it is configured with.',
  },
  {
    id: 'page.room.in-mosaic',
    where: 'step 3',
    text: 'The stream that was made so becomes a part of the mosaic.',
  },
  {
    id: 'page.room.add-stream',
    where: 'step 3',
    text: 'add_stream with a stream’s name adds a participant.',
  },
  {
    id: 'page.room.add-stream.answer',
    where: 'step 3',
    text: 'add_stream answers with an object like {"track_id":"a3"}, the number of an audio track.',
  },
  {
    id: 'page.room.add-stream.play',
    where: 'step 3',
    text: 'The participant’s player asks for that track to hear the room.',
  },
  {
    id: 'page.room.remove-stream',
    where: 'step 3',
    text: 'remove_stream with a stream’s name lets a participant go.',
  },
  {
    id: 'page.room.remove-stream.answer',
    where: 'step 3',
    text: 'remove_stream answers with the number of the track of sound that the stream had.',
  },
  {
    id: 'page.room.stat',
    where: 'step 3',
    text: 'stat answers with an object of a count and the clients: all, and the streams by name.',
  },
  {
    id: 'page.room.mute-video',
    where: 'step 3',
    text: 'mute_video with a stream’s name mutes a participant’s picture.',
  },
  {
    id: 'page.room.mute-video.answer',
    where: 'step 3',
    text: 'mute_video answers with the number of the stream’s audio track.',
  },
  {
    id: 'page.room.mute-video.unused',
    where: 'step 3',
    text: 'mute_video has no effect in 20.08, whose mosaic has sound only.',
    untestable: 'it is said of one version; in a room without a picture there is nothing to see of it',
  },
  {
    id: 'page.room.mute-audio',
    where: 'step 3',
    text: 'mute-audio with a stream’s name mutes a participant’s sound in the server.',
  },
  {
    id: 'page.room.mute-audio.answer',
    where: 'step 3',
    text: 'mute-audio answers with the number of the stream’s audio track.',
  },
  {
    id: 'page.room.mute-audio.player',
    where: 'step 3',
    text: 'Players can mute sound as well, which is what the demo application shows.',
    untestable: 'it is done in the player: the server has no part in it',
  },
] as const satisfies readonly Statement[];
