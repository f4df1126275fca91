import { effect } from '@preact/signals';
import { changeOf, sceneOf } from '../../src/protocol/scene.ts';
import { setScene } from './ask.ts';
import { snapshot } from './live.ts';

/** Sets the scene that the address tells, and keeps the address the scene that is set, so that it can be shared. */
export function shareScene(): void {
  let told = location.search.slice(1);
  let isSet = false;
  effect(() => {
    const settings = snapshot.value?.settings;
    if (!settings) return;
    if (!isSet) {
      isSet = true;
      if (told !== '') {
        void setScene(changeOf(told));
        return;
      }
    }
    const scene = sceneOf(settings);
    if (scene === told) return;
    told = scene;
    history.replaceState(null, '', `${location.pathname}${scene && `?${scene}`}${location.hash}`);
  });
}
