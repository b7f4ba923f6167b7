using System;

namespace Frostline
{
    /// <summary>The init of this process, from the wrapper's begin line to the end line.</summary>
    internal static class Init
    {
        static readonly object gate = new object();
        static Loads loads;
        static NextListener listener;
        static string id;
        static long begun;
        static bool wrapped;
        static bool over;
        static long own;

        internal static string Id { get { return id; } }

        internal static void Start()
        {
            long started = Clock.Micros();
            id = Environment.GetEnvironmentVariable("FROSTLINE_ID");
            wrapped = id != null && long.TryParse(Environment.GetEnvironmentVariable("FROSTLINE_BEGAN"), out begun);
            if (!wrapped)
            {
                id = Guid.NewGuid().ToString().Substring(0, 8);
                begun = started;
            }
            LeaveNoTrace();
            if (!IsWanted())
            {
                return;
            }
            loads = new Loads();
            AppDomain.CurrentDomain.ProcessExit += delegate { Ended("exit"); };
            listener = new NextListener();
            loads.Watch();
            own = Clock.Micros() - started;
        }

        /// <summary>Called once, on the thread that asks for the first event, before it asks.</summary>
        internal static void Ended(string why)
        {
            lock (gate)
            {
                if (over)
                {
                    return;
                }
                over = true;
            }
            try
            {
                long at = Clock.Micros();
                loads.Stop(at);
                listener.Stop();
                Report(why, at);
            }
            catch (Exception)
            {
                Log.Fault();
            }
        }

        static void Report(string why, long at)
        {
            Log log = new Log();
            if (!wrapped)
            {
                log.Line(Begin());
            }
            log.Pack(id, loads.Records());
            bool whole = wrapped && begun % 1000000 == 0; // the clock of a bash before 5.0
            Line end = new Line("end").Add("v", 1).Add("id", id).Add("why", why);
            end.Add("since", wrapped && !whole ? "begin" : "boot");
            end.Add("init_us", at - (whole ? loads.Began : begun)).Add("records", loads.Count).Add("threads", loads.Threads);
            Runtime.AddTo(end);
            Host.AddTo(end);
            string version = Environment.GetEnvironmentVariable("AWS_LAMBDA_FUNCTION_VERSION");
            if (string.IsNullOrEmpty(version) || version == "$LATEST")
            {
                end.Add("fp", Fingerprint.OfHandler());
            }
            log.Line(end.Add("own_us", own + loads.Own + Clock.Micros() - at).ToString());
            log.Write();
        }

        /// <summary>What bin/importtime_wrapper says, for functions that set DOTNET_STARTUP_HOOKS by hand.</summary>
        static string Begin()
        {
            Line begin = new Line("begin").Add("v", 1).Add("id", id).Add("rt", "dotnet");
            begin.AddVariable("env", "AWS_EXECUTION_ENV").AddVariable("fn", "AWS_LAMBDA_FUNCTION_NAME");
            begin.AddVariable("ver", "AWS_LAMBDA_FUNCTION_VERSION").AddVariable("mem", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE");
            begin.AddVariable("init", "AWS_LAMBDA_INITIALIZATION_TYPE").AddVariable("handler", "_HANDLER");
            begin.Add("mode", "assemblies").Add("layer", Log.Layer);
            return begin.AddVariable("dep", "FROSTLINE_DEPLOYMENT").Add("t", begun).ToString();
        }

        /// <summary>Child processes are no inits: they get the environment the function would have had without us.</summary>
        static void LeaveNoTrace()
        {
            string hooks = Environment.GetEnvironmentVariable("DOTNET_STARTUP_HOOKS");
            string others = "";
            foreach (string hook in (hooks ?? "").Split(':'))
            {
                if (!hook.EndsWith("/Frostline.StartupHook.dll", StringComparison.Ordinal))
                {
                    others += (others.Length == 0 ? "" : ":") + hook;
                }
            }
            Environment.SetEnvironmentVariable("DOTNET_STARTUP_HOOKS", others.Length == 0 ? null : others);
            Environment.SetEnvironmentVariable("FROSTLINE_ID", null);
            Environment.SetEnvironmentVariable("FROSTLINE_BEGAN", null);
        }

        static bool IsWanted()
        {
            string enabled = Environment.GetEnvironmentVariable("FROSTLINE_ENABLED");
            if (enabled == "0" || enabled == "false" || enabled == "FALSE" || enabled == "off" || enabled == "no")
            {
                return false;
            }
            int sample;
            bool sampled = !wrapped && int.TryParse(Environment.GetEnvironmentVariable("FROSTLINE_SAMPLE"), out sample) && sample > 1
                && Clock.Micros() % sample != 0;
            return !sampled;
        }
    }
}
