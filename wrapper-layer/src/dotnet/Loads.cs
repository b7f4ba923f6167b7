using System;
using System.Collections.Generic;
using System.Globalization;
using System.Reflection;

namespace Frostline
{
    /// <summary>
    /// Assemblies in the order they were loaded. Between one load and the next run the static constructors and the code of
    /// the first that .NET compiles meanwhile, so that time is its own; there is no telling who asked for it, hence no tree.
    /// </summary>
    internal sealed class Loads
    {
        struct Load
        {
            internal string Name;
            internal long At;
            internal long JitMicros;
            internal long JitMethods;
            internal long PauseMicros;
            internal int Thread;
        }

        const long ShortestPauseMicros = 100; // the shorter ones are in gc_us alone

        readonly List<Load> loads = new List<Load>(128);
        readonly List<int> threads = new List<int>();
        Load last;

        internal readonly long Began = Clock.Micros();
        internal long Own;

        internal int Count { get { return loads.Count; } }

        internal int Threads { get { return threads.Count; } }

        internal void Watch()
        {
            Assembly entry = Assembly.GetEntryAssembly(); // loaded before any hook runs
            if (entry != null)
            {
                Add(entry);
            }
            AppDomain.CurrentDomain.AssemblyLoad += Loaded;
        }

        internal void Stop(long at)
        {
            AppDomain.CurrentDomain.AssemblyLoad -= Loaded;
            last = Now(null);
            last.At = at;
        }

        /// <summary>Rows "0:self:cumulative:name", with what the just-in-time compiler did where .NET tells (from 6 on), and pauses before the row they fell into (from 7 on).</summary>
        internal List<string> Records()
        {
            List<string> records = new List<string>();
            lock (loads)
            {
                for (int i = 0; i < loads.Count; i++)
                {
                    Load next = i + 1 < loads.Count ? loads[i + 1] : last;
                    long pause = next.PauseMicros - loads[i].PauseMicros;
                    if (pause >= ShortestPauseMicros)
                    {
                        records.Add("gc/1:" + pause + ":" + pause + ":(garbage collection)");
                    }
                    string micros = (next.At - loads[i].At).ToString(CultureInfo.InvariantCulture);
                    string record = "0:" + micros + ":" + micros + ":" + Line.Encoded(loads[i].Name, "%;");
                    if (Runtime.TellsJit)
                    {
                        record += " jit=" + (next.JitMicros - loads[i].JitMicros) + " m=" + (next.JitMethods - loads[i].JitMethods);
                    }
                    int thread = threads.IndexOf(loads[i].Thread);
                    records.Add(thread > 0 ? record + " th=" + thread : record);
                }
            }
            return records;
        }

        void Loaded(object sender, AssemblyLoadEventArgs loaded)
        {
            try
            {
                Add(loaded.LoadedAssembly);
            }
            catch (Exception)
            {
                // no row of it
            }
        }

        void Add(Assembly assembly)
        {
            Load load = Now(assembly.FullName);
            lock (loads)
            {
                loads.Add(load);
                if (!threads.Contains(load.Thread))
                {
                    threads.Add(load.Thread);
                }
                Own += Clock.Micros() - load.At;
            }
        }

        static Load Now(string fullName)
        {
            Load load = new Load();
            load.At = Clock.Micros();
            int comma = fullName == null ? -1 : fullName.IndexOf(',');
            load.Name = comma < 0 ? fullName : fullName.Substring(0, comma);
            load.Thread = Environment.CurrentManagedThreadId;
            load.JitMicros = Runtime.JitMicros();
            load.JitMethods = Runtime.JitMethods();
            load.PauseMicros = Runtime.PauseMicros();
            return load;
        }
    }
}
