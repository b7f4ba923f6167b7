// Stands in for AWS's client on Node.js 18 and 20, which its newest release no longer runs on: console, native client,
// handler and loop in the order of /var/runtime/index.mjs.
import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';
import path from 'node:path';

const stamp = (level) => (text) => process.stdout.write(`${new Date().toISOString()}\t-\t${level}\t${text}\n`);
console.log = console.info = stamp('INFO');
console.error = stamp('ERROR');
const client = createRequire(import.meta.url)(process.env.RAPID_CLIENT);
const stem = path.resolve(process.env.LAMBDA_TASK_ROOT, process.env._HANDLER.split('.')[0]);
const { handler, default: all } = await import(['.js', '.mjs', '.cjs'].map((e) => stem + e).find((f) => existsSync(f)));
for (;;) {
  const { headers, bodyJson } = await client.next();
  client.done(headers['lambda-runtime-aws-request-id'], JSON.stringify(await (handler || all.handler)(JSON.parse(bodyJson))));
}
