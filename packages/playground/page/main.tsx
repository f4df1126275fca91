import { render } from 'preact';
import { App } from './app.tsx';
import { listen } from './state/live.ts';
import { shareScene } from './state/scene.ts';
import { tick } from './state/ticking.ts';

const root = document.querySelector('#app');
if (!root) throw new Error('The page has no place for the playground.');
listen();
shareScene();
tick();
render(<App />, root);
