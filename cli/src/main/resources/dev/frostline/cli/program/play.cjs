'use strict';
// Plays recorded events to a Node.js handler as Lambda would, and keeps a record: "node play.cjs RECORD app.handler EVENTS".
// RECORD gets a line for each thing seen, all times CPU microseconds of this process:
//
//     code 12345                 the handler's own code is loaded now
//     event 0 81234              an event begins; before event 0 is init
//     answer 0 {"n":1}           what the handler answered
//     exit 95678
const fs = require('fs');
const path = require('path');
const { pathToFileURL } = require('url');

const [record, handler, events] = process.argv.splice(2);

function say(...words) {
  fs.appendFileSync(record, `${words.join(' ')}\n`);
}

function micros() {
  const { user, system } = process.cpuUsage();
  return user + system;
}

function fileOf(name) {
  return ['.js', '.mjs', '.cjs'].map((suffix) => path.resolve(name) + suffix).find((file) => fs.existsSync(file));
}

/** The module as CommonJS where it is, as that has no default export to look into. */
async function loaded(file) {
  if (!file.endsWith('.mjs')) {
    try {
      return require(file);
    } catch (error) {
      if (error.code !== 'ERR_REQUIRE_ESM' && error.name !== 'SyntaxError') throw error;
    }
  }
  return import(pathToFileURL(file));
}

function context(number) {
  return {
    awsRequestId: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    functionName: 'local',
    functionVersion: '$LATEST',
    invokedFunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:local',
    logGroupName: 'local',
    logStreamName: 'local',
    memoryLimitInMB: '1024',
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => 300000,
  };
}

/** Its answer: what it returns or promises, or what it calls back with where it takes a callback. */
function asked(handle, event, number) {
  return new Promise((resolve, reject) => {
    const answered = handle(event, context(number), (error, answer) => (error ? reject(error) : resolve(answer)));
    if (handle.length < 3 || typeof answered?.then === 'function') resolve(answered);
  });
}

async function main() {
  const slash = handler.lastIndexOf('/') + 1;
  const dot = handler.indexOf('.', slash);
  process.on('exit', () => say('exit', micros()));
  say('code', micros());
  const module = await loaded(fileOf(handler.slice(0, dot)));
  const handle = handler.slice(dot + 1).split('.').reduce((from, name) => from[name], module);
  if (typeof handle !== 'function') throw new TypeError(`${handler} is no function`);
  let number = 0;
  for (const event of JSON.parse(fs.readFileSync(events, 'utf8'))) {
    say('event', number, micros());
    let answer;
    try {
      answer = JSON.stringify(await asked(handle, event, number));
    } catch (error) {
      console.error(error);
      answer = JSON.stringify({ errorType: error?.name, errorMessage: String(error?.message) });
    }
    say('answer', number, answer);
    number += 1;
  }
}

main().then(
  () => process.exit(),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
