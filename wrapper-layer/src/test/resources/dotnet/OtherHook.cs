using System;

/// <summary>Somebody else's startup hook.</summary>
internal class StartupHook
{
    public static void Initialize()
    {
        Console.WriteLine("the other hook ran");
    }
}
