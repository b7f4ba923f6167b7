import { createRequire } from 'node:module';
const until = Date.now() + 20;
while (Date.now() < until);
createRequire(import.meta.url)('./lazy.js');
await new Promise((resolve) => setTimeout(resolve, 5));
export const name = 'part';
