using System;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Frostline
{
    /// <summary>What this .NET tells about itself; each version tells more than the one before.</summary>
    internal static class Runtime
    {
        static readonly Func<bool, TimeSpan> compilationTime = Method<Func<bool, TimeSpan>>("System.Runtime.JitInfo", "GetCompilationTime");
        static readonly Func<bool, long> methodCount = Method<Func<bool, long>>("System.Runtime.JitInfo", "GetCompiledMethodCount");
        static readonly Func<TimeSpan> pauses = Method<Func<TimeSpan>>("System.GC", "GetTotalPauseDuration");

        internal static bool TellsJit { get { return compilationTime != null && methodCount != null; } }

        internal static long JitMicros()
        {
            return TellsJit ? compilationTime(false).Ticks / 10 : 0;
        }

        internal static long JitMethods()
        {
            return TellsJit ? methodCount(false) : 0;
        }

        internal static long PauseMicros()
        {
            return pauses == null ? 0 : pauses().Ticks / 10;
        }

        internal static void AddTo(Line end)
        {
            if (TellsJit)
            {
                end.Add("jit_us", JitMicros()).Add("jit_methods", JitMethods());
            }
            if (pauses != null)
            {
                end.Add("gc_us", PauseMicros());
            }
            end.Add("gc_n", GC.CollectionCount(0));
        }

        static T Method<T>(string type, string name) where T : class
        {
            try
            {
                Type owner = typeof(object).Assembly.GetType(type);
                MethodInfo method = owner == null ? null : owner.GetMethod(name);
                return method == null ? null : (T)(object)Delegate.CreateDelegate(typeof(T), method);
            }
            catch (Exception)
            {
                return null;
            }
        }
    }

    internal static class Clock
    {
        static readonly long epoch = new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

        /// <summary>Microseconds since 1970, as the wrapper counts them.</summary>
        internal static long Micros()
        {
            return (DateTime.UtcNow.Ticks - epoch) / 10;
        }
    }

    /// <summary>What the host did to this process (getrusage, whose fields are all longs on 64-bit Linux).</summary>
    internal static class Host
    {
        [DllImport("libc")]
        static extern int getrusage(int who, [Out] long[] usage);

        internal static void AddTo(Line end)
        {
            try
            {
                long[] usage = new long[18];
                if (getrusage(0, usage) == 0)
                {
                    end.Add("majflt", usage[9]).Add("inblock", usage[11]).Add("nvcsw", usage[16]).Add("nivcsw", usage[17]);
                    end.Add("utime_us", usage[0] * 1000000 + usage[1]).Add("stime_us", usage[2] * 1000000 + usage[3]);
                }
            }
            catch (Exception)
            {
                // a C library of another name: no host state
            }
        }
    }

    /// <summary>A number for the code of $LATEST: the id that the compiler gave the handler's assembly.</summary>
    internal static class Fingerprint
    {
        internal static string OfHandler()
        {
            string handler = Environment.GetEnvironmentVariable("_HANDLER") ?? "";
            int end = handler.IndexOf("::", StringComparison.Ordinal);
            string name = end < 0 ? handler : handler.Substring(0, end);
            Assembly found = Assembly.GetEntryAssembly();
            foreach (Assembly assembly in AppDomain.CurrentDomain.GetAssemblies())
            {
                if (assembly.FullName.StartsWith(name + ",", StringComparison.Ordinal))
                {
                    found = assembly;
                }
            }
            return found == null ? null : found.ManifestModule.ModuleVersionId.ToString("N").Substring(0, 16);
        }
    }
}
