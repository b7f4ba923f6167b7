try { require('./node.cjs') } catch (fault) { process._rawDebug('FROSTLINE fault v=1 id=' + process.env.FROSTLINE_ID + ' error=' + fault.name) }
