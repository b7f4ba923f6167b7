# The begin line as a JSON event of the lowest level that is kept.
{
  fl_begin=${fl_begin//\\/\\\\} fl_begin=${fl_begin//\"/\\\"} && TZ=UTC printf -v fl_now '%(%Y-%m-%dT%H:%M:%SZ)T' -1
  fl_begin="{\"timestamp\":\"$fl_now\",\"level\":\"$AWS_LAMBDA_LOG_LEVEL\",\"message\":\"$fl_begin\"}"
  fl_whole=1
}
