using System;
using System.Reflection;

/// <summary>Runs the startup hook given, where .NET is too old to know of such, and then loads an assembly.</summary>
public static class HookHost
{
    public static int Main(string[] arguments)
    {
        Assembly.LoadFile(arguments[0]).GetType("StartupHook").GetMethod("Initialize").Invoke(null, null);
        return Type.GetType("System.Collections.Generic.SortedSet`1, System.Collections") == null ? 1 : 0;
    }
}
