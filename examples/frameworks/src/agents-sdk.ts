import {
  AgentApplication,
  authorizeJWT,
  CloudAdapter,
  loadAuthConfigFromEnv,
} from '@microsoft/agents-hosting';
import express, { type Express } from 'express';
import { defaultTyping, withTyping } from 'typingkit';

/** A bot in Teams. Beside what the SDK reads, it reads TEAMS_APP_ID, TEAMS_APP_PASSWORD and TEAMS_APP_TENANT_ID. */
export function createBot(think: (text: string) => Promise<string>): Express {
  const settings = loadAuthConfigFromEnv();
  const adapter = new CloudAdapter(settings);
  // Long running: Microsoft gets its answer now, and the turn goes on.
  const agent = new AgentApplication({ adapter, longRunningMessages: true });

  agent.onActivity('message', async (context) => {
    const { activity } = context;
    for (const target of defaultTyping().targetsIn('teams', activity)) {
      let placeholder = '';
      // In a team's channel Teams shows no typing: there, a message stands until the reply.
      const fallback = {
        show: async () => {
          placeholder = (await context.sendActivity('One moment…'))?.id ?? '';
        },
        clear: () => context.deleteActivity(placeholder),
      };
      const text = await withTyping('teams', target, () => think(activity.text ?? ''), {
        fallback,
      });
      await context.sendActivity(text);
    }
  });

  const app = express();
  // Who calls? Microsoft signs a token for your app.
  app.post('/api/messages', authorizeJWT(settings), express.json(), (request, response) =>
    adapter.process(request, response, (context) => agent.run(context)),
  );
  return app;
}
