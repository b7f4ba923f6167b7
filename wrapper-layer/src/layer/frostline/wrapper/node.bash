# A preload that cannot be read or parsed would end the function: ours is one line, and what it requires can fail.
{
  fl_preload="try { require('./node.cjs') } catch (fault) { process._rawDebug('FROSTLINE fault v=1 id=' + process.env.FROSTLINE_ID"
  fl_preload+=" + ' error=' + fault.name) }"
  [[ -f $fl_home/preload.cjs && -r $fl_home/preload.cjs ]] && IFS= read -r -d '' fl_found < "$fl_home/preload.cjs"
  [[ $fl_found == "$fl_preload"$'\n' && "$NODE_OPTIONS $*" != *--*permission* ]] || return
  [[ $FROSTLINE_NODE_ESM == 1 ]] && fl_mode=esm || fl_mode=cjs
  [[ $fl_quiet ]] && fl_mode=packed
  fl_env=("FROSTLINE_ID=$fl_id" "FROSTLINE_BEGAN=$fl_t" "NODE_OPTIONS=${NODE_OPTIONS:+$NODE_OPTIONS }--require \"$fl_home/preload.cjs\"")
  fl_whole=1
}
