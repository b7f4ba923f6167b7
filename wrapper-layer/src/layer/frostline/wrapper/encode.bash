# Percent-encodes what would end a value of the begin line: blanks, percent signs and control characters.
{
  fl_encoded_line() {
    local fl_name
    for fl_name in AWS_EXECUTION_ENV AWS_LAMBDA_FUNCTION_NAME AWS_LAMBDA_FUNCTION_VERSION AWS_LAMBDA_FUNCTION_MEMORY_SIZE \
      AWS_LAMBDA_INITIALIZATION_TYPE fl_handler FROSTLINE_SAMPLE FROSTLINE_DEPLOYMENT FROSTLINE_NEXT_WRAPPER; do
      fl_value=${!fl_name//\%/%25} fl_value=${fl_value// /%20}
      while [[ $fl_value =~ [[:cntrl:]] ]]; do
        printf -v fl_code '%%%02X' "'${BASH_REMATCH[0]}"
        fl_value=${fl_value//"${BASH_REMATCH[0]}"/$fl_code}
      done
      local "$fl_name=$fl_value" # in here alone: the function gets its own
    done
    fl_line
  }
  fl_encoded_line
  fl_whole=1
}
