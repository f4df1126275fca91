// A registry on loopback that takes every package from everybody and asks another one for what it has not. Plain
// JavaScript in a process of its own: Verdaccio is only there when a release is rehearsed.
//
// node serve.mjs <folder for its packages> <the other registry>; it prints its port.
import { join } from 'node:path';
import { runServer } from 'verdaccio';

const [folder, elsewhere] = process.argv.slice(2);

const everybody = { access: '$all', publish: '$all', unpublish: '$all' };
const app = await runServer({
  configPath: join(folder, 'config.yaml'),
  self_path: folder,
  storage: join(folder, 'packages'),
  secret: 'nobody has to guess it: 32 bytes',
  auth: { htpasswd: { file: join(folder, 'users') } },
  uplinks: { elsewhere: { url: elsewhere, cache: false, timeout: '60s' } },
  packages: {
    // Whatever is published under these names elsewhere, only what was published here counts.
    '@typingkit/*': everybody,
    typingkit: everybody,
    '**': { ...everybody, proxy: 'elsewhere' },
  },
  max_body_size: '50mb',
  log: { type: 'stdout', format: 'json', level: 'fatal' },
  web: { enable: false },
});
app.listen(0, '127.0.0.1', function listening() {
  console.log(this.address().port);
});
