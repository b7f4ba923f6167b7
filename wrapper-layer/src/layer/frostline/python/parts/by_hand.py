"""A start by environment variables alone. Runs within sitecustomize.py, where what it names is."""


def begun_by_hand():
    """The init, with the begin line that the wrapper would have written; None where it is switched off."""
    value = os.environ.get
    if value("FROSTLINE_ENABLED") in ("0", "false", "FALSE", "off", "no"):
        return None
    quiet = value("AWS_LAMBDA_LOG_FORMAT") == "JSON" and value("AWS_LAMBDA_LOG_LEVEL") in ("WARN", "ERROR", "FATAL")
    mode = "packed" if quiet else "importtime"
    init = Init(os.urandom(4).hex(), 0, mode)
    fields = {"env": value("AWS_EXECUTION_ENV"), "fn": value("AWS_LAMBDA_FUNCTION_NAME")}
    fields.update(ver=value("AWS_LAMBDA_FUNCTION_VERSION"), mem=value("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"))
    fields.update(arch=os.uname().machine.replace("aarch64", "arm64"), init=value("AWS_LAMBDA_INITIALIZATION_TYPE"))
    fields["handler"] = value("DD_LAMBDA_HANDLER") or value("ORIG_HANDLER") or value("_HANDLER")
    fields.update(mode=mode, layer="0.1.0", dep=value("FROSTLINE_DEPLOYMENT"), t=str(time.time_ns() // 1000))
    escaped = {ord(c): "%%%02X" % ord(c) for c in " %\x7f" + "".join(map(chr, range(32)))}
    texts = [" %s=%s" % (key, text.translate(escaped)) for key, text in fields.items() if text]
    init.imports.line("FROSTLINE begin v=1 id=%s rt=python%s" % (init.id, "".join(texts)))
    return init
