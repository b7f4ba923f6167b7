exports.handler = ;
