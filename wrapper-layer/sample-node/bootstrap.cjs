'use strict';
// A stand-in for AWS's /var/runtime/index.mjs: loads the handler the way the real one does, asks for one event, answers it
// on stdout and ends.
//
// Environment: _HANDLER=app.handler, LAMBDA_TASK_ROOT=the folder of app.js, and the event as JSON in FROSTLINE_SAMPLE_EVENT
// if it is to be another than the one below.
const path = require('path');

async function main() {
  const client = require('./client/rapid-client.node');
  const [name, exported] = process.env._HANDLER.split('.');
  const module = await import(`file://${path.resolve(process.env.LAMBDA_TASK_ROOT, name)}.js`);
  const { bodyJson } = await client.next();
  client.done('1', JSON.stringify(await module.default[exported](JSON.parse(bodyJson))));
}

// the real client is a compiled addon; this one is found under its name
require.extensions['.node'] = ((native) => (module, file) => {
  if (path.dirname(file) !== path.join(__dirname, 'client')) return native(module, file);
  return require.extensions['.js'](module, file);
})(require.extensions['.node']);
main();
