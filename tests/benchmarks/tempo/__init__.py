"""How far behind the keys the program is: a robot types real X keys into real windows."""
