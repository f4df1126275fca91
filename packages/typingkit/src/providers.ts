// Every provider there is, a line for each package. Names, targets, environment variables, the flags of the command line,
// and the tables of the documentation all come from the descriptions that these packages export.
export * from '@typingkit/bluebubbles';
export * from '@typingkit/connectsafely';
export * from '@typingkit/discord';
export * from '@typingkit/line';
export * from '@typingkit/linq';
export * from '@typingkit/matrix';
export * from '@typingkit/mattermost';
export * from '@typingkit/meta';
export * from '@typingkit/sendblue';
export * from '@typingkit/signal';
export * from '@typingkit/slack';
export * from '@typingkit/teams';
export * from '@typingkit/telegram';
export * from '@typingkit/twilio';
export * from '@typingkit/unipile';
export * from '@typingkit/xmpp';
export * from '@typingkit/zulip';
