using System;

/// <summary>
/// What DOTNET_STARTUP_HOOKS asks for: this class, outside of any namespace. Nothing may leave it, as the application would
/// not start.
/// </summary>
internal class StartupHook
{
    public static void Initialize()
    {
        try
        {
            Frostline.Init.Start();
        }
        catch (Exception)
        {
            Frostline.Log.Fault();
        }
    }
}
