/** What each chapter of the catalogue is about; a chapter is the part of an id before its first dot. */
export const chapterTitles: Readonly<Record<string, string>> = {
  config: 'Rooms made by configuration',
  api: 'The documented calls and their answers',
  errors: 'What must not work, and must do no harm',
  decisions: 'What the page leaves open: all that a profile can hold and that can be seen from outside',
  publish: 'How participants publish',
  play: 'How a room is played',
  audio: 'Who is heard by whom, how, and how soon',
  video: 'Who is seen where, how, and how soon',
};
