Console.WriteLine("Ensembles");
