'use strict';
// Loads the files of a list, one a line, so that a compile cache gets them: "node warm.cjs LIST". What cannot be loaded by
// itself is left out; that all of them cannot is a failure.
const fs = require('fs');
const path = require('path');

const files = fs.readFileSync(process.argv[2], 'utf8').split('\n').filter(Boolean);
let loaded = 0;
let last;
for (const file of files) {
  try {
    require(path.resolve(file));
    loaded += 1;
  } catch (error) {
    last = error;
  }
}
if (files.length > 0 && loaded === 0) {
  console.error(last.message);
  process.exit(1);
}
process.exit();
