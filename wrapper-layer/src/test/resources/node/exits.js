console.log(JSON.stringify([process.argv.slice(2), process.env.PRINT_OPTIONS && process.env.NODE_OPTIONS, process.execArgv]));
process.exitCode = 7;
